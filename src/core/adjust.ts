import { storedMoney } from './message.ts';
import type { Money } from './money.ts';
import type { Booking, Limit, MoneySettings, ReasonCode, ReasonUse } from './organisation.ts';
import type { Refusal } from './refusal.ts';
import { accept, type Result, refuse } from './result.ts';

export const PROPOSAL_STATES = ['open', 'approved', 'rejected', 'withdrawn', 'lapsed'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

const PERIOD = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** Whether the text is a month, `2026-10`. */
export const isPeriod = (text: string): boolean => PERIOD.test(text);

/** The month before, or after by a negative number of months. */
export function periodsBefore(period: string, months: number): string {
  const [year = '', month = ''] = period.split('-');
  const count = Number(year) * 12 + Number(month) - 1 - months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** What the record says of an exception that an entry is to be booked for. */
export type BookingFacts = {
  readonly number: number;
  readonly atStake: Money;
  /** What entries of it come to already, reversals counted. */
  readonly adjustedMinor: bigint;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly payee: string | undefined;
  readonly direction: 'over' | 'under' | undefined;
  /** The month its documents are of. */
  readonly period: string;
};

/** What somebody wants to be booked. */
export type BookingTerms = {
  readonly books: Booking;
  readonly reasonCode: string;
  readonly amountMinor: bigint;
  readonly originalPeriod: string;
};

/**
 * What the form asks to be booked.
 *
 * Refuses: no reason code or one that is none (where the configuration has reason codes), an amount that is not positive or
 *          above what is still at stake, a month that is none or lies ahead.
 */
export function readBooking(
  given: {
    books: Booking;
    minor: bigint;
    reason: string | undefined;
    period: string | undefined;
    code: string;
  },
  about: { facts: BookingFacts; reasonCodes: readonly ReasonCode[]; label: string; currentPeriod: string },
): Result<BookingTerms, Refusal> {
  const reason = readReason(given.reason, { ...about, use: given.books, otherwise: given.code });
  if (!reason.ok) return reason;
  const period = readPeriod(given.period, about);
  if (!period.ok) return period;
  const amount = checkAmount(given.minor, about.facts);
  if (amount) return refuse(amount);
  const { books, minor: amountMinor } = given;
  return accept({ books, reasonCode: reason.value, amountMinor, originalPeriod: period.value });
}

/** The reason codes for a use; empty where the configuration has none. */
export const reasonsFor = (codes: readonly ReasonCode[], use: ReasonUse): ReasonCode[] =>
  codes.filter(({ uses }) => uses.length === 0 || uses.includes(use));

/** What a reason code looks like where no list says which there are. */
const REASON_CODE = /^[a-z][a-z0-9_]{0,63}$/;

/** The chosen reason code. Where the configuration has none, any code may be given, and else what is done stands for why. */
export function readReason(
  given: string | undefined,
  about: { reasonCodes: readonly ReasonCode[]; use: ReasonUse; label: string; otherwise: string },
): Result<string, Refusal> {
  const known = reasonsFor(about.reasonCodes, about.use);
  const code = (given ?? '').trim();
  if (known.length === 0) {
    if (code === '') return accept(about.otherwise);
    return REASON_CODE.test(code)
      ? accept(code)
      : refuse({ code: 'unknown_reason_code', given: code, known: [] });
  }
  if (code === '') return refuse({ code: 'reason_code_required', label: about.label });
  return known.some((one) => one.code === code)
    ? accept(code)
    : refuse({ code: 'unknown_reason_code', given: code, known: known.map((one) => one.code) });
}

function readPeriod(
  given: string | undefined,
  { facts, currentPeriod }: { facts: BookingFacts; currentPeriod: string },
): Result<string, Refusal> {
  const text = (given ?? '').trim();
  const period = text === '' ? facts.period : text;
  if (!isPeriod(period)) return refuse({ code: 'period_unreadable', given: period });
  if (period > currentPeriod) {
    // Documents of a coming month are booked now; nobody may choose one.
    return text === ''
      ? accept(currentPeriod)
      : refuse({ code: 'period_ahead', period, latest: currentPeriod });
  }
  return accept(period);
}

/** Why this amount cannot be booked for the exception; undefined when it can. */
export function checkAmount(
  minor: bigint,
  { atStake, adjustedMinor }: Pick<BookingFacts, 'atStake' | 'adjustedMinor'>,
): Refusal | undefined {
  if (minor <= 0n) return { code: 'amount_not_positive' };
  const left = atStake.minor - adjustedMinor;
  if (minor <= left) return undefined;
  const { currency } = atStake;
  return {
    code: 'amount_above',
    most: storedMoney({ minor: left > 0n ? left : 0n, currency }),
    adjusted: storedMoney({ minor: adjustedMinor, currency }),
  };
}

type Booker = { readonly key?: string | undefined; readonly roles: readonly string[] };

/**
 * How much the person may book alone, in minor units; undefined when the configuration sets no limits, and then anything.
 * Rows of the person come before rows of their roles; of several the highest counts; in a currency without a row, nothing.
 */
export function limitOf(
  limits: MoneySettings['limits'],
  { key, roles }: Booker,
  { books, currency }: { books: Booking; currency: string },
): bigint | undefined {
  if (limits === undefined) return undefined;
  const fitting = limits.filter((limit) => limit.currency === currency && limit.books.includes(books));
  const own = fitting.filter(({ person }) => person !== undefined && person === key);
  const rows =
    own.length > 0 ? own : fitting.filter(({ role }) => role !== undefined && roles.includes(role));
  return rows.reduce((most: bigint, { upToMinor }: Limit) => (upToMinor > most ? upToMinor : most), 0n);
}

/** A proposal as it stands. */
export type Proposal = {
  readonly proposalId: string;
  readonly kind: Booking;
  readonly code: string;
  readonly reasonCode: string;
  readonly note: string | undefined;
  readonly evidence: string | undefined;
  readonly amount: Money;
  readonly originalPeriod: string;
  readonly proposedBy: { readonly personId: string; readonly name: string };
  readonly expiresAt: Date;
  readonly state: ProposalState;
};

/** Why the person cannot approve this now; undefined when they can. Their role is checked as for any press. */
export function checkApproval(
  proposal: Pick<Proposal, 'proposedBy' | 'expiresAt' | 'state'>,
  { personId, now }: { personId: string; now: Date },
): Refusal | undefined {
  if (proposal.state !== 'open') return { code: 'proposal_over', how: proposal.state };
  if (proposal.expiresAt <= now) return { code: 'proposal_over', how: 'lapsed' };
  return proposal.proposedBy.personId === personId ? { code: 'own_proposal' } : undefined;
}
