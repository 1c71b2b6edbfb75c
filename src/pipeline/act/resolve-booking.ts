import { type ActFacts, proposed, resolved } from '../../core/act.ts';
import { type BookingFacts, type BookingTerms, limitOf, readBooking } from '../../core/adjust.ts';
import { cutoffDay } from '../../core/cutoff.ts';
import type { Booking, MoneySettings, ResolutionCode } from '../../core/organisation.ts';
import type { Refusal } from '../../core/refusal.ts';
import { type Resolution, readResolution } from '../../core/resolve.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';
import { book, type Entry } from './book.ts';
import { bookingFacts } from './booking-facts.sql.ts';
import { hasApprover } from './has-approver.sql.ts';
import { insertProposal } from './insert-proposal.sql.ts';
import type { Intent } from './move.ts';
import { openPeriod } from './open-period.sql.ts';
import { askForDecision } from './propose.ts';
import type { ResolveInput } from './resolve.ts';
import { teamOf } from './team-of.sql.ts';
import { tellOffered } from './tell-offered.ts';

/** What the configuration says about settling something. */
export type ResolveTerms = {
  readonly codes: readonly ResolutionCode[];
  readonly money: MoneySettings;
  /** The zone whose month is the current one. */
  readonly zone: string;
};

export type BookingCode = ResolutionCode & { readonly books: Booking };

export const isBooking = (code: ResolutionCode | undefined): code is BookingCode => code?.books !== undefined;

type Deciding = {
  readonly facts: ActFacts;
  readonly input: ResolveInput;
  readonly code: BookingCode;
  readonly terms: ResolveTerms;
  readonly now: Date;
};

/** A resolution that books an entry: within the person's limit it does so at once, above it somebody else is asked. */
export async function decideBooking(tx: Tx, deciding: Deciding): Promise<Result<Intent, Refusal>> {
  const { facts, input, code, terms, now } = deciding;
  const about = { type: facts.type, currency: facts.currency, codes: terms.codes };
  const read = readResolution(input, about);
  if (!read.ok) return read;
  const { minor } = read.value;
  if (minor === undefined) return refuse({ code: 'amount_required', label: code.label });
  const found = await bookingFacts(tx, input);
  const currentPeriod = cutoffDay(now, terms.zone).slice(0, 7);
  const { books, label } = code;
  const booking = readBooking(
    { books, minor, code: code.code, reason: input.reason, period: input.period },
    { facts: found, reasonCodes: terms.money.reasonCodes, label, currentPeriod },
  );
  if (!booking.ok) return booking;
  const { originalPeriod } = booking.value;
  const bookedPeriod = await openPeriod(tx, { ...input, original: originalPeriod, current: currentPeriod });
  if (bookedPeriod === undefined) return refuse({ code: 'no_open_period', period: originalPeriod });
  const settled = { ...deciding, resolution: read.value, booking: booking.value, found };
  const limit = limitOf(terms.money.limits, facts.person, { books, currency: facts.currency });
  if (limit === undefined || minor <= limit) return accept(atOnce({ ...settled, bookedPeriod, limit }));
  return (await hasApprover(tx, input)) ? accept(asked(settled)) : refuse({ code: 'nobody_to_approve' });
}

type Settled = Deciding & {
  readonly resolution: Resolution;
  readonly booking: BookingTerms;
  readonly found: BookingFacts;
};

/** What the exception's event says of what is booked, or proposed to be. */
const said = ({ facts, booking, resolution }: Settled) => ({
  amount_minor: booking.amountMinor.toString(),
  currency: facts.currency,
  books: booking.books,
  reason_code: booking.reasonCode,
  period: booking.originalPeriod,
  ...(resolution.evidence === undefined ? {} : { link: resolution.evidence }),
});

function atOnce(settled: Settled & { bookedPeriod: string; limit: bigint | undefined }): Intent {
  const { facts, input, booking, resolution, found, now, bookedPeriod, limit } = settled;
  const { code, note, evidence } = resolution;
  const entry: Entry = {
    workspaceId: input.workspaceId,
    exceptionId: input.exceptionId,
    kind: booking.books,
    proposalId: undefined,
    reverses: undefined,
    code,
    reasonCode: booking.reasonCode,
    note,
    evidence,
    amountMinor: booking.amountMinor,
    currency: facts.currency,
    originalPeriod: booking.originalPeriod,
    bookedPeriod,
    client: found.client,
    orderRef: found.orderRef,
    payee: found.payee,
    direction: found.direction,
    madeBy: input.personId,
    approvedBy: undefined,
    limitMinor: limit,
    appliedAt: now,
  };
  const tellOther = tellOffered(facts, input, 'resolved');
  return {
    next: resolved(facts, { code, minor: booking.amountMinor, now }),
    reason: code,
    note,
    data: { ...said(settled), booked_period: bookedPeriod },
    also: async (tx, seq) => {
      await tellOther?.(tx, seq);
      const actor = { kind: 'person', id: input.personId } as const;
      await book(tx, entry, { actor, exceptionNumber: found.number });
    },
  };
}

function asked(settled: Settled): Intent {
  const { facts, input, booking, resolution, terms, now } = settled;
  const { code, note, evidence } = resolution;
  const { workspaceId, exceptionId, personId } = input;
  const expiresAt = new Date(now.getTime() + terms.money.approvals.expireAfterMs);
  const { currency } = facts;
  return {
    audited: 'exception.propose',
    next: proposed(facts),
    reason: code,
    note,
    data: { ...said(settled), expires_at: expiresAt.toISOString() },
    also: async (tx, seq) => {
      const proposalId = newId();
      const { books: kind, reasonCode, amountMinor: minor, originalPeriod } = booking;
      const about = { workspaceId, proposalId, kind, exceptionId, code, reasonCode, note, evidence };
      const amount = { minor, currency };
      await insertProposal(tx, { ...about, amount, originalPeriod, personId, now, expiresAt, seq });
      const team = await teamOf(tx, { workspaceId, exceptionId });
      await askForDecision(tx, { workspaceId, proposalId, team }, terms.money);
    },
  };
}
