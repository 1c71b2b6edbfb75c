import type { Money } from './money.ts';

/** What can be an entry of the ledger. */
export const ENTRY_KINDS = ['adjustment', 'write_off', 'reversal'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** An entry is waiting while another person has to decide about it, and booked from then on. */
export const ENTRY_STATES = ['waiting', 'booked'] as const;

/** Which entries somebody asks for. */
export type EntryFilter = {
  /** Undefined for both. */
  readonly state?: (typeof ENTRY_STATES)[number];
  readonly kind?: EntryKind;
  /** The month it is booked to; while it waits, the month it belongs to. */
  readonly period?: string;
  /** A part of the client's name, in any case; so for the order's reference and the payee. */
  readonly client?: string;
  readonly order?: string;
  readonly payee?: string;
  /** A part of the name or key of whoever made it; `me` has its own meaning. */
  readonly by?: string;
  /** Whatever its sign, in ten-thousandths of one major unit of whatever currency the entry has. */
  readonly atLeast?: bigint;
  readonly atMost?: bigint;
  /** A part of the client's name, the order's reference or the payee. */
  readonly text?: string;
};

/** What an entry is about, waiting or booked. */
type About = {
  readonly kind: EntryKind;
  /** The entry that it takes back. */
  readonly reverses: bigint | undefined;
  readonly exceptionId: string;
  readonly exceptionNumber: number;
  readonly exceptionVersion: number;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly payee: string | undefined;
  /** Negative for a reversal. */
  readonly amount: Money;
  readonly originalPeriod: string;
  readonly reasonCode: string;
  readonly madeBy: string;
  readonly evidence: string | undefined;
  readonly note: string | undefined;
  /** BCP 47: how the client's amounts are written, from the configuration. */
  readonly amountTag?: string | undefined;
};

/** What somebody proposed to book and another person has to decide. */
export type WaitingEntry = About & {
  readonly proposalId: string;
  readonly askedAt: Date;
  readonly expiresAt: Date;
};

/** An entry of the ledger, as it was booked. */
export type LedgerEntry = About & {
  readonly number: bigint;
  /** The one that takes it back. */
  readonly reversedBy: bigint | undefined;
  readonly bookedPeriod: string;
  readonly appliedAt: Date;
  readonly direction: 'over' | 'under' | undefined;
  readonly code: string;
  readonly approvedBy: string | undefined;
};

/** How many there are, and what they come to per currency, reversals subtracted. */
export type EntrySum = { readonly count: number; readonly money: readonly Money[] };

/** One page of a list: what waits comes before what is booked. Sums are of all pages; pages count from 0. */
export type EntryPage = {
  readonly waiting: readonly WaitingEntry[];
  readonly booked: readonly LedgerEntry[];
  readonly sums: { readonly waiting: EntrySum; readonly booked: EntrySum };
  readonly page: number;
  readonly pages: number;
};
