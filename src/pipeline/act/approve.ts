import { type ActFacts, resolved } from '../../core/act.ts';
import { checkAmount, checkApproval, type Proposal } from '../../core/adjust.ts';
import { cutoffDay } from '../../core/cutoff.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import type { Tx } from '../../db/tx.ts';
import { type Acted, type ActInput, act } from './act.ts';
import { book, type Entry } from './book.ts';
import { bookingFacts } from './booking-facts.sql.ts';
import { decideProposal } from './decide-proposal.sql.ts';
import type { Intent } from './move.ts';
import { openPeriod } from './open-period.sql.ts';
import { newestProposal } from './open-proposal.sql.ts';
import { personName } from './person-name.sql.ts';
import { tellPeople } from './tell-person.ts';

/** Lets a proposal go, as another person than its proposer: its exception is resolved and its entry booked. */
export const approve = (
  sql: Sql,
  input: ActInput,
  { zone, now = new Date() }: { zone: string; now?: Date },
): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: 'approve',
    audited: 'exception.approve',
    decide: async (facts, tx) => {
      const proposal = await newestProposal(tx, input);
      const refusal = proposal
        ? checkApproval(proposal, { personId: input.personId, now })
        : ({ code: 'not_found' } as const);
      if (refusal || !proposal) return refuse(refusal ?? { code: 'not_found' });
      return await decideApproval(tx, { facts, input, proposal, zone, now });
    },
  });

type Approving = {
  readonly facts: ActFacts;
  readonly input: ActInput;
  readonly proposal: Proposal;
  readonly zone: string;
  readonly now: Date;
};

async function decideApproval(tx: Tx, approving: Approving): Promise<Result<Intent, Refusal>> {
  const { facts, input, proposal, zone, now } = approving;
  const found = await bookingFacts(tx, input);
  // Its records may have changed since, and with them what is at stake.
  const problem =
    proposal.amount.currency === facts.currency
      ? checkAmount(proposal.amount.minor, found)
      : ({ code: 'other_currency', given: proposal.amount.currency, currency: facts.currency } as const);
  if (problem) return refuse(problem);
  const current = cutoffDay(now, zone).slice(0, 7);
  const bookedPeriod = await openPeriod(tx, { ...input, original: proposal.originalPeriod, current });
  if (bookedPeriod === undefined) return refuse({ code: 'no_open_period', period: proposal.originalPeriod });
  const { code, amount, proposedBy, proposalId } = proposal;
  const entry = toEntry(approving, { found, bookedPeriod });
  return accept({
    next: resolved(facts, { code, minor: amount.minor, now }),
    reason: code,
    data: {
      amount_minor: amount.minor.toString(),
      currency: amount.currency,
      target: proposedBy.name,
      proposed_by: proposedBy.personId,
      reason_code: proposal.reasonCode,
      booked_period: bookedPeriod,
    },
    also: async (transaction, seq) => {
      const { workspaceId, personId } = input;
      const decided = { workspaceId, proposalId, personId, note: undefined, now, seq };
      await decideProposal(transaction, { ...decided, state: 'approved' });
      const actor = { kind: 'person', id: personId } as const;
      await book(transaction, entry, { actor, exceptionNumber: found.number });
      await tellProposer(transaction, { ...input, seq }, approving);
    },
  });
}

function toEntry(
  { input, proposal, now }: Approving,
  { found, bookedPeriod }: { found: Awaited<ReturnType<typeof bookingFacts>>; bookedPeriod: string },
): Entry {
  const { workspaceId, exceptionId, personId } = input;
  const { client, orderRef, payee, direction } = found;
  return {
    workspaceId,
    exceptionId,
    kind: proposal.kind,
    proposalId: proposal.proposalId,
    reverses: undefined,
    code: proposal.code,
    reasonCode: proposal.reasonCode,
    note: proposal.note,
    evidence: proposal.evidence,
    amountMinor: proposal.amount.minor,
    currency: proposal.amount.currency,
    originalPeriod: proposal.originalPeriod,
    bookedPeriod,
    client,
    orderRef,
    payee,
    direction,
    madeBy: proposal.proposedBy.personId,
    approvedBy: personId,
    limitMinor: undefined,
    appliedAt: now,
  };
}

async function tellProposer(
  tx: Tx,
  about: { workspaceId: string; exceptionId: string; personId: string; seq: bigint },
  { proposal, facts }: Approving,
): Promise<void> {
  const { workspaceId, personId } = about;
  const concerned = [proposal.proposedBy.personId, ...(facts.owner ? [facts.owner.personId] : [])];
  const by = await personName(tx, workspaceId, personId);
  await tellPeople(tx, about, {
    personIds: concerned.filter((id) => id !== personId),
    happening: { notice: 'approved', by },
  });
}
