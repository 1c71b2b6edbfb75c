import type { Dice } from '../support/random.ts';
import type { Platform } from './names.ts';

export type Order = {
  readonly ref: string;
  readonly client: string;
  readonly campaign: string;
  readonly platform: Platform;
  /** `YYYY-MM` */
  readonly month: string;
  readonly cents: bigint;
  readonly currency: string;
};

/** In the order of their names, which is the order they are read in. */
export const INVOICE_FILES = ['regular', 'late', 'broken'] as const;
export type InvoiceFile = (typeof INVOICE_FILES)[number];

export type Line = {
  readonly po: string;
  readonly kind: 'charge' | 'credit';
  readonly cents: bigint;
  readonly currency: string;
  readonly originalPeriod: string;
};

/** Lines that share one invoice number. `spoil` says what the export did to it, so that the row cannot be read. */
export type Invoice = {
  readonly file: InvoiceFile;
  readonly lines: readonly Line[];
  readonly spoil?: Spoil;
};

export const SPOILS = [
  'amount_malformed',
  'date_does_not_exist',
  'currency_unknown',
  'row_short',
  'required_missing',
] as const;
export type Spoil = (typeof SPOILS)[number];

export type Pass = 'po' | 'po-lines' | 'campaign-month';
export type Verdict =
  | { readonly outcome: 'equal'; readonly pass: Pass }
  | { readonly outcome: 'auto_resolved'; readonly pass: Pass; readonly reason: string }
  | { readonly outcome: 'excepted'; readonly pass: Pass; readonly as: ExceptionLabel }
  | { readonly outcome: 'missing' | 'pending' };

export type ExceptionLabel =
  | 'unexplained'
  | 'overbilled'
  | 'currency_differs'
  | 'missing_invoice'
  | 'unordered_charge'
  | 'duplicate_invoice';

/** What happened to one order, and what the run must make of it. */
export type Story = {
  readonly invoices: readonly Invoice[];
  /** How often the vendor sends the first invoice again. */
  readonly repeats?: number;
  /** What the order was for before it was revised. */
  readonly before?: bigint;
  readonly verdict: Verdict;
};

/** `n` counts the orders of this case from 0. */
type Tell = (order: Order, roll: Dice, n: number) => Story;

export type Case = {
  /** How many of 120 orders; the clean ones take what is left. */
  readonly share: number;
  /** Missing invoices stay in months that are overdue on either way of counting; not-yet-due ones in November. */
  readonly months: 'any' | 'overdue' | 'november';
  readonly currency?: string;
  readonly tell: Tell;
};

const line = (order: Order, change: Partial<Line> = {}): Line => ({
  po: order.ref,
  kind: 'charge',
  cents: order.cents,
  currency: order.currency,
  originalPeriod: '',
  ...change,
});

const one = (order: Order, change: Partial<Line> = {}, file: InvoiceFile = 'regular'): Invoice[] => [
  { file, lines: [line(order, change)] },
];

const perMille = (cents: bigint, parts: number): bigint => (cents * BigInt(parts)) / 1000n;

const billedAt =
  (low: number, high: number, verdict: Verdict): Tell =>
  (order, roll) => ({
    invoices: one(order, { cents: order.cents + perMille(order.cents, roll.int(low, high)) }),
    verdict,
  });

const EQUAL: Verdict = { outcome: 'equal', pass: 'po' };
const UNEXPLAINED: Verdict = { outcome: 'excepted', pass: 'po', as: 'unexplained' };
const PACING: Verdict = { outcome: 'auto_resolved', pass: 'po', reason: 'PACING_WITHIN_TOLERANCE' };
const CREDITED: Verdict = { outcome: 'auto_resolved', pass: 'po-lines', reason: 'PLATFORM_CREDIT' };

const clean: Tell = (order) => ({ invoices: one(order), verdict: EQUAL });

const withinTolerance: Tell = (order, roll, n) => {
  // The first stands exactly on the bound of 2 %, which still holds.
  const parts = n === 0 ? 20 : roll.int(1, 20);
  const cents = order.cents + perMille(order.cents, n % 3 === 0 ? parts : -parts);
  return { invoices: one(order, { cents }), verdict: PACING };
};

const credited: Tell = (order, roll) => ({
  invoices: [
    {
      file: 'regular',
      lines: [
        line(order),
        line(order, {
          kind: 'credit',
          cents: -perMille(order.cents, roll.int(30, 150)),
          originalPeriod: monthBefore(order.month),
        }),
      ],
    },
  ],
  verdict: CREDITED,
});

/** Two or three lines of different amounts (51–60 %, 25–30 %, the rest): equal ones would be duplicates. */
const split: Tell = (order, roll) => {
  const first = perMille(order.cents, roll.int(510, 600));
  const second = perMille(order.cents, roll.int(250, 300));
  const rest = order.cents - first - second;
  const amounts = roll.int(0, 1) === 0 ? [first, second + rest] : [first, second, rest];
  return {
    invoices: [{ file: 'regular', lines: amounts.map((cents) => line(order, { cents })) }],
    verdict: { outcome: 'equal', pass: 'po-lines' },
  };
};

const withoutPo: Tell = (order) => ({
  invoices: one(order, { po: '' }),
  verdict: { outcome: 'equal', pass: 'campaign-month' },
});

const repeated: Tell = (order, _roll, n) => ({
  invoices: one(order),
  repeats: n === 0 ? 2 : 1,
  verdict: EQUAL,
});

const quarantined: Tell = (order, _roll, n) => ({
  invoices: [{ file: 'broken', lines: [line(order)], spoil: SPOILS[n % SPOILS.length] ?? 'row_short' }],
  verdict: { outcome: 'missing' },
});

const revised: Tell = (order) => ({
  invoices: one(order),
  before: order.cents + perMille(order.cents, 250),
  verdict: EQUAL,
});

const otherCurrency: Tell = (order) => ({
  invoices: one(order, { currency: 'EUR' }),
  verdict: { outcome: 'excepted', pass: 'po', as: 'currency_differs' },
});

const late: Tell = (order) => ({ invoices: one(order, {}, 'late'), verdict: EQUAL });
const besideBroken: Tell = (order) => ({ invoices: one(order, {}, 'broken'), verdict: EQUAL });

export const CASES = {
  within_tolerance: { share: 22, months: 'any', tell: withinTolerance },
  under_delivered: { share: 7, months: 'any', tell: billedAt(-120, -30, UNEXPLAINED) },
  billed_above_order: { share: 3, months: 'any', tell: billedAt(30, 95, UNEXPLAINED) },
  overbilled: {
    share: 3,
    months: 'any',
    tell: billedAt(110, 250, { outcome: 'excepted', pass: 'po', as: 'overbilled' }),
  },
  platform_credit: { share: 6, months: 'any', tell: credited },
  several_lines: { share: 9, months: 'any', tell: split },
  po_left_out: { share: 6, months: 'any', tell: withoutPo },
  never_invoiced: {
    share: 4,
    months: 'overdue',
    tell: () => ({ invoices: [], verdict: { outcome: 'missing' } }),
  },
  not_yet_due: {
    share: 4,
    months: 'november',
    tell: () => ({ invoices: [], verdict: { outcome: 'pending' } }),
  },
  invoiced_twice: { share: 3, months: 'any', tell: repeated },
  currency_differs: { share: 2, months: 'any', tell: otherCurrency },
  revised: { share: 1, months: 'any', tell: revised },
  late_invoice: { share: 2, months: 'overdue', tell: late },
  in_euro: { share: 1, months: 'any', currency: 'EUR', tell: clean },
  unreadable_invoice: { share: 5, months: 'overdue', tell: quarantined },
  beside_unreadable: { share: 4, months: 'overdue', tell: besideBroken },
} as const satisfies Record<string, Case>;

export const CLEAN: Case = { share: 0, months: 'any', tell: clean };

/** `2026-07` before `2026-08`; January goes to December of the year before. */
export function monthBefore(month: string): string {
  const [year, number] = month.split('-').map(Number);
  const before = new Date(Date.UTC(year ?? 0, (number ?? 1) - 2, 1));
  return before.toISOString().slice(0, 7);
}
