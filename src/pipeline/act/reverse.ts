import { readNote } from '../../core/act.ts';
import { limitOf, readReason } from '../../core/adjust.ts';
import type { Actor } from '../../core/audit.ts';
import { cutoffDay } from '../../core/cutoff.ts';
import { magnitude } from '../../core/money.ts';
import type { MoneySettings } from '../../core/organisation.ts';
import { entryLabel } from '../../core/proposal.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import type { Tx } from '../../db/tx.ts';
import { book } from './book.ts';
import { type Asking, decideOnce, whyNotAllowed } from './decide-once.ts';
import { type EntryOnRecord, entryOf } from './entry.sql.ts';
import { hasApprover } from './has-approver.sql.ts';
import { openPeriod } from './open-period.sql.ts';
import { openProposalOf } from './open-proposal-of.sql.ts';
import { propose } from './propose.ts';
import { type PersonStanding, standingOf } from './standing-of.sql.ts';

export type ReverseInput = Asking & {
  readonly entry: bigint;
  readonly reason: string | undefined;
  readonly note: string;
};

/** The entry, and the one that takes it back; null while another person decides about it. */
export type Reversed = {
  readonly label: string;
  readonly by: string | null;
  readonly repeated: boolean;
};

export type ReverseTerms = { readonly money: MoneySettings; readonly zone: string; readonly now?: Date };

/**
 * Takes back an entry, whole, by a new one: within the person's limit at once, above it another person decides.
 *
 * Refuses: an entry that is none, is a reversal, was reversed, or is asked about already; whoever may not; no reason code;
 *          no month that is open.
 */
export const reverse = (
  sql: Sql,
  input: ReverseInput,
  { money, zone, now = new Date() }: ReverseTerms,
): Promise<Result<Reversed, Refusal>> =>
  decideOnce(sql, input, {
    wanted: 'adjustment.applied',
    decide: async (tx) => {
      const person = await standingOf(tx, input);
      const denied = whyNotAllowed(person, 'reverse');
      if (denied || !person) return refuse(denied ?? { code: 'inactive_person' });
      const entry = await entryOf(tx, input);
      const refusal = await whyNotReverse(tx, { ...input, found: entry });
      if (refusal || !entry) return refuse(refusal ?? { code: 'not_found' });
      const read = readReversal(input, { money, entry });
      if (!read.ok) return read;
      return await decide(tx, { input, entry, person, money, zone, now, ...read.value });
    },
  });

type Deciding = {
  readonly input: ReverseInput;
  readonly entry: EntryOnRecord;
  readonly person: PersonStanding;
  readonly money: MoneySettings;
  readonly zone: string;
  readonly now: Date;
  readonly reasonCode: string;
  readonly note: string | undefined;
};

async function decide(tx: Tx, deciding: Deciding): Promise<Result<Reversed, Refusal>> {
  const { input, entry, person, money, now, zone, reasonCode, note } = deciding;
  const { workspaceId, personId, requestKey } = input;
  const { currency, kind } = entry;
  const books = kind === 'write_off' ? 'write_off' : 'adjustment';
  const limitMinor = limitOf(money.limits, person, { books, currency });
  const label = entryLabel(entry.number);
  if (limitMinor === undefined || magnitude(entry.amountMinor) <= limitMinor) {
    const made = { workspaceId, entry, reasonCode, note, madeBy: personId, limitMinor, now };
    const alone = {
      proposalId: undefined,
      approvedBy: undefined,
      actor: { kind: 'person', id: personId } as const,
    };
    const number = await bookReversal(tx, { ...made, ...alone, zone });
    return typeof number === 'bigint'
      ? accept({ label, by: entryLabel(number), repeated: false })
      : refuse(number);
  }
  if (!(await hasApprover(tx, input))) return refuse({ code: 'nobody_to_approve' });
  const { exceptionId, code, originalPeriod, team } = entry;
  const asked = {
    workspaceId,
    personId,
    requestKey,
    kind: 'reversal',
    exceptionId,
    code,
    originalPeriod,
    team,
  } as const;
  const amount = { minor: entry.amountMinor, currency };
  const expiresAt = new Date(now.getTime() + money.approvals.expireAfterMs);
  const data = { entry: label, amount_minor: entry.amountMinor.toString(), currency };
  const said = { reasonCode, note, evidence: undefined, reverses: entry.adjustmentId };
  await propose(tx, { ...asked, ...said, amount, now, expiresAt, data }, money);
  return accept({ label, by: null, repeated: false });
}

/** Why the entry cannot be taken back; undefined when it can. */
async function whyNotReverse(
  tx: Tx,
  { workspaceId, entry, found }: { workspaceId: string; entry: bigint; found: EntryOnRecord | undefined },
): Promise<Refusal | undefined> {
  if (!found) return { code: 'entry_unknown', given: entryLabel(entry) };
  const isReversal = found.kind === 'reversal';
  if (isReversal || found.isReversed) {
    return { code: 'entry_reversed', label: entryLabel(found.number), isReversal };
  }
  const asked = await openProposalOf(tx, { workspaceId, reverses: found.adjustmentId });
  return asked && { code: 'already_asked', ...asked };
}

function readReversal(
  { reason, note }: ReverseInput,
  { money: { reasonCodes }, entry }: { money: MoneySettings; entry: EntryOnRecord },
): Result<{ reasonCode: string; note: string | undefined }, Refusal> {
  const label = entryLabel(entry.number);
  const code = readReason(reason, { reasonCodes, use: 'reversal', label, otherwise: 'reversed' });
  if (!code.ok) return code;
  const text = readNote(note);
  return text.ok ? accept({ reasonCode: code.value, note: text.value }) : text;
}

/** Books the reversal to the open month; returns its number, or why there is none, with nothing written. */
export async function bookReversal(
  tx: Tx,
  made: {
    workspaceId: string;
    entry: EntryOnRecord;
    proposalId: string | undefined;
    reasonCode: string;
    note: string | undefined;
    madeBy: string;
    approvedBy: string | undefined;
    limitMinor: bigint | undefined;
    zone: string;
    now: Date;
    actor: Actor;
    /** Comes between the choice of the month and the entry. */
    before?: () => Promise<void>;
  },
): Promise<bigint | Refusal> {
  const { workspaceId, entry, zone, now, actor, before, reasonCode, note } = made;
  const current = cutoffDay(now, zone).slice(0, 7);
  const { originalPeriod, exceptionNumber } = entry;
  const bookedPeriod = await openPeriod(tx, { workspaceId, original: originalPeriod, current });
  if (bookedPeriod === undefined) return { code: 'no_open_period', period: originalPeriod };
  await before?.();
  const { exceptionId, code, currency, client, orderRef, payee, direction } = entry;
  const { proposalId, madeBy, approvedBy, limitMinor } = made;
  const about = { workspaceId, exceptionId, code, currency, client, orderRef, payee, direction };
  const who = { proposalId, madeBy, approvedBy, limitMinor, appliedAt: now };
  const what = { kind: 'reversal', reverses: entry.adjustmentId, amountMinor: -entry.amountMinor } as const;
  const why = { reasonCode, note, evidence: undefined };
  const months = { originalPeriod, bookedPeriod };
  return await book(tx, { ...about, ...who, ...what, ...why, ...months }, { actor, exceptionNumber });
}
