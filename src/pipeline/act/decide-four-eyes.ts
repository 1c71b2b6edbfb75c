import { readNote } from '../../core/act.ts';
import type { Actor, AuditedAction } from '../../core/audit.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { wakeSoon } from '../../db/outbox/wake-soon.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { type Asking, decideOnce, whyNotAllowed } from './decide-once.ts';
import { decideProposal } from './decide-proposal.sql.ts';
import { carryOutRelease } from './decide-release.ts';
import { carryOutReversal } from './decide-reversal.ts';
import { type AnyProposal, lockProposal } from './lock-proposal.sql.ts';
import { tellProposer } from './propose.ts';
import { standingOf } from './standing-of.sql.ts';

export type DecisionInput = Asking & { readonly proposalId: string };
export type FourEyes = { readonly proposalId: string; readonly repeated: boolean };

/** Lets go what another person proposed about a hold or an entry: it is done in the same transaction. */
export const approveProposal = (
  sql: Sql,
  input: DecisionInput,
  { zone, now = new Date() }: { zone: string; now?: Date },
): Promise<Result<FourEyes, Refusal>> =>
  decideOnce(sql, input, {
    wanted: 'proposal.approved',
    decide: async (tx) => {
      const proposal = await lockProposal(tx, input);
      const denied = await whyNotDecide(tx, { input, proposal, action: 'approve' });
      if (denied || !proposal) return refuse(denied ?? { code: 'not_found' });
      const { workspaceId, personId, proposalId } = input;
      const decided = () => say(tx, input, { action: 'proposal.approved', proposal });
      const deciding = { workspaceId, personId, proposal, now, decided };
      const refusal =
        proposal.kind === 'release'
          ? await carryOutRelease(tx, deciding)
          : await carryOutReversal(tx, { ...deciding, zone });
      if (refusal) return refuse(refusal);
      await tellProposer(tx, { workspaceId, proposalId, personId: proposal.proposedBy.personId });
      return accept({ proposalId, repeated: false });
    },
  });

/** Sends a proposal back, or takes one's own back. A reason is needed, and whoever proposed it is told. */
export const rejectProposal = (
  sql: Sql,
  input: DecisionInput & { readonly reason: string },
  { now = new Date() }: { now?: Date } = {},
): Promise<Result<FourEyes, Refusal>> =>
  decideOnce(sql, input, {
    wanted: 'proposal.rejected',
    decide: async (tx) => {
      const proposal = await lockProposal(tx, input);
      const denied = await whyNotDecide(tx, { input, proposal, action: 'reject' });
      if (denied || !proposal) return refuse(denied ?? { code: 'not_found' });
      if (proposal.state !== 'open') return refuse({ code: 'proposal_over', how: proposal.state });
      const read = readNote(input.reason);
      if (!read.ok) return read;
      const note = read.value;
      if (note === undefined) return refuse({ code: 'reason_required' });
      const { workspaceId, personId, proposalId } = input;
      const isOwn = proposal.proposedBy.personId === personId;
      const reason = isOwn ? 'PROPOSAL_WITHDRAWN' : 'PROPOSAL_REJECTED';
      const seq = await say(tx, input, { action: 'proposal.rejected', proposal, reason, note });
      const state = isOwn ? 'withdrawn' : 'rejected';
      await decideProposal(tx, { workspaceId, proposalId, state, personId, note, now, seq });
      if (!isOwn) await tellProposer(tx, { workspaceId, proposalId, personId: proposal.proposedBy.personId });
      return accept({ proposalId, repeated: false });
    },
  });

/** Ends a proposal that nobody decided in time, or whose hold is over. Returns whether it still stood. */
export async function lapse(
  sql: Sql,
  due: { workspaceId: string; proposalId: string; program: string; now: Date },
): Promise<boolean> {
  const isDone = await inWorkspace(sql, due.workspaceId, (tx) => end(tx, due), { repeatable: true });
  if (isDone) wakeSoon(sql, due.workspaceId);
  return isDone;
}

async function end(
  tx: Tx,
  {
    workspaceId,
    proposalId,
    program,
    now,
  }: { workspaceId: string; proposalId: string; program: string; now: Date },
): Promise<boolean> {
  const proposal = await lockProposal(tx, { workspaceId, proposalId });
  if (proposal?.state !== 'open') return false;
  const actor = { kind: 'program', name: program } as const;
  const seq = await said(
    tx,
    { workspaceId, actor, proposal },
    { action: 'proposal.rejected', reason: 'PROPOSAL_LAPSED' },
  );
  const nobody = { personId: undefined, note: undefined };
  await decideProposal(tx, { workspaceId, proposalId, state: 'lapsed', ...nobody, now, seq });
  await tellProposer(tx, { workspaceId, proposalId, personId: proposal.proposedBy.personId });
  return true;
}

type Wanting = {
  readonly input: DecisionInput;
  readonly proposal: AnyProposal | undefined;
  readonly action: 'approve' | 'reject';
};

/** What settles an exception is decided on its card, where its status moves too. */
async function whyNotDecide(tx: Tx, { input, proposal, action }: Wanting): Promise<Refusal | undefined> {
  if (proposal === undefined || proposal.kind === 'adjustment' || proposal.kind === 'write_off') {
    return { code: 'not_found' };
  }
  const person = await standingOf(tx, { ...input, exceptionId: proposal.exceptionId });
  const isOwn = action === 'reject' && proposal.proposedBy.personId === input.personId;
  return isOwn && person?.isActive ? undefined : whyNotAllowed(person, action);
}

type Said = { readonly action: AuditedAction; readonly reason?: string; readonly note?: string };

const say = (
  tx: Tx,
  { workspaceId, personId, requestKey }: DecisionInput,
  { proposal, ...event }: Said & { proposal: AnyProposal },
): Promise<bigint> =>
  said(tx, { workspaceId, actor: { kind: 'person', id: personId }, proposal, requestKey }, event);

async function said(
  tx: Tx,
  about: { workspaceId: string; actor: Actor; proposal: AnyProposal; requestKey?: string },
  { action, reason, note }: Said,
): Promise<bigint> {
  const { workspaceId, actor, proposal, requestKey } = about;
  const { proposalId, kind, proposedBy, reasonCode, holdId } = proposal;
  const data = { kind, proposed_by: proposedBy.personId, hold_id: holdId ?? null };
  const fact = { action, entity: 'proposal', entityId: proposalId, actor, requestKey, note, data } as const;
  const [seq] = await appendAudit(tx, { workspaceId, facts: [{ ...fact, reason: reason ?? reasonCode }] });
  if (seq === undefined) throw new Error('a proposal was decided without an event');
  return seq;
}
