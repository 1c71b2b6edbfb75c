import type { Dice } from '../support/random.ts';
import {
  CASES,
  type Case,
  CLEAN,
  type Invoice,
  type InvoiceFile,
  type Line,
  type Order,
  type Story,
} from './cases.ts';
import { CLIENTS, campaignName, PLATFORMS, type Platform } from './names.ts';

export type Told = { readonly order: Order; readonly story: Story };

/** An invoice with its number; its lines are numbered from 1. `about` is missing when nobody ordered it. */
export type Numbered = Invoice & {
  readonly number: string;
  readonly platform: Platform;
  readonly client: string;
  readonly campaign: string;
  readonly month: string;
  readonly about: Told | undefined;
  /** How often this document was sent before. */
  readonly repeat: number;
};

export type Tale = { readonly told: readonly Told[]; readonly invoices: readonly Numbered[] };

const OVERDUE_MONTHS = ['2026-07', '2026-08', '2026-09'];
const DUE_MONTHS = [...OVERDUE_MONTHS, '2026-10'];
const MONTHS = { any: DUE_MONTHS, overdue: OVERDUE_MONTHS, november: ['2026-11'] } as const;

/** Charges that name no order, or one that does not exist; they grow with the orders, three for 120. */
const UNORDERED_SHARE = 3;

type Slot = { readonly client: string; readonly campaign: string; readonly month: string };

/** Every order with its case played, and every invoice numbered as its vendor would. */
export function tellStories(roll: Dice, orders: number): Tale {
  const told = placeOrders(roll, orders).map(
    ({ order, of, n }): Told => ({ order, story: of.tell(order, roll, n) }),
  );
  return { told, invoices: numberInvoices(roll, told, unordered(roll, orders)) };
}

const countOf = (share: number, orders: number): number => Math.max(1, Math.round((share * orders) / 120));

/** The case of every order: as many of each as its share, the clean ones filling up. */
function dealCases(orders: number): { of: Case; n: number }[] {
  const dealt = Object.values(CASES).flatMap((of: Case) =>
    Array.from({ length: countOf(of.share, orders) }, (_, n) => ({ of, n })),
  );
  const rest = Array.from({ length: orders - dealt.length }, (_, n) => ({ of: CLEAN, n }));
  return [...dealt, ...rest];
}

/** Orders get slots of their own, so that client, campaign and month name one order; references follow the months. */
function placeOrders(roll: Dice, orders: number): { order: Order; of: Case; n: number }[] {
  const slots = new SlotBox(roll, orders);
  // The picky cases choose first: whoever takes any month would leave them none.
  const picky = dealCases(orders).sort((a, b) => MONTHS[a.of.months].length - MONTHS[b.of.months].length);
  const placed = picky.map((dealt) => ({ ...dealt, slot: slots.take(MONTHS[dealt.of.months]) }));
  placed.sort((a, b) => compareSlots(a.slot, b.slot));
  return placed.map(({ of, n, slot }, index) => ({
    of,
    n,
    order: {
      ...slot,
      ref: `NL-2026-${String(1001 + index).padStart(4, '0')}`,
      platform: roll.pick(PLATFORMS),
      cents:
        of.tell === CASES.unreadable_invoice.tell && n === 0 ? 188_000n : BigInt(roll.int(16, 960)) * 5_000n,
      currency: of.currency ?? 'USD',
    },
  }));
}

class SlotBox {
  readonly #byMonth: Map<string, Slot[]>;
  readonly #roll: Dice;

  constructor(roll: Dice, orders: number) {
    this.#roll = roll;
    const campaigns = Math.ceil(orders / (CLIENTS.length * DUE_MONTHS.length)) + 1;
    const pairs = CLIENTS.flatMap((client) =>
      Array.from({ length: campaigns }, (_, n) => ({ client, campaign: campaignName(n) })),
    );
    const months = [...DUE_MONTHS, '2026-11'];
    this.#byMonth = new Map(
      months.map((month) => [month, roll.shuffle(pairs.map((pair) => ({ ...pair, month })))]),
    );
  }

  take(months: readonly string[]): Slot {
    const open = months.filter((month) => (this.#byMonth.get(month)?.length ?? 0) > 0);
    const slot = this.#byMonth.get(this.#roll.pick(open))?.pop();
    if (!slot) throw new Error(`no slot is left in ${months.join(', ')}; give every client more campaigns`);
    return slot;
  }
}

const compareSlots = (a: Slot, b: Slot): number =>
  compareText(a.month, b.month) || compareText(a.client, b.client) || compareText(a.campaign, b.campaign);

/** By code unit, so that the order is the same on every machine. */
export const compareText = (a: string, b: string): number => Number(a > b) - Number(a < b);

type Unnumbered = Omit<Numbered, 'number'>;

/** A charge for campaigns nobody planned; the first of three names no order, the others one that was never made. */
function unordered(roll: Dice, orders: number): Unnumbered[] {
  return Array.from({ length: countOf(UNORDERED_SHARE, orders) }, (_, n) => {
    const line: Line = {
      po: n % 3 === 0 ? '' : `NL-2025-${String(n).padStart(4, '0')}`,
      kind: 'charge',
      cents: BigInt(roll.int(16, 200)) * 5_000n + BigInt(n + 1),
      currency: 'USD',
      originalPeriod: '',
    };
    return {
      file: 'regular' as const,
      lines: [line],
      platform: roll.pick(PLATFORMS),
      client: roll.pick(CLIENTS),
      campaign: `Unplanned Boost ${n + 1}`,
      month: roll.pick(OVERDUE_MONTHS),
      about: undefined,
      repeat: 0,
    };
  });
}

/** Vendors count their invoices up, and a repeat comes after all first ones, so the first is also the lowest. */
function numberInvoices(
  roll: Dice,
  told: readonly Told[],
  others: readonly Unnumbered[],
): readonly Numbered[] {
  const firsts = told.flatMap((about) => about.story.invoices.map((invoice) => sent(about, invoice, 0)));
  const repeats = told.flatMap((about) =>
    about.story.invoices.flatMap((invoice) =>
      Array.from({ length: about.story.repeats ?? 0 }, (_, n) => sent(about, invoice, n + 1)),
    ),
  );
  const ordered = roll.shuffle([...firsts, ...others]).sort((a, b) => compareText(a.month, b.month));
  const counters = new Map<string, number>();
  return [...ordered, ...repeats].map((invoice) => {
    const { prefix } = invoice.platform;
    const count = (counters.get(prefix) ?? 20_000) + 1;
    counters.set(prefix, count);
    return { ...invoice, number: `${prefix}-${String(count).padStart(6, '0')}` };
  });
}

const sent = (about: Told, invoice: Invoice, repeat: number): Unnumbered => ({
  ...invoice,
  platform: about.order.platform,
  client: about.order.client,
  campaign: about.order.campaign,
  month: about.order.month,
  about,
  repeat,
});

/**
 * The invoices of one file as it lists them. A readable one comes last, because a file that breaks off in its last row
 * would be refused whole.
 */
export function listed(invoices: readonly Numbered[], file: InvoiceFile): readonly Numbered[] {
  const inFile = invoices.filter((invoice) => invoice.file === file);
  const last = inFile.findLast((invoice) => !invoice.spoil);
  return last ? [...inFile.filter((invoice) => invoice !== last), last] : inFile;
}

/** source_ref of a line, counted from 0, as the feed's key makes it. */
export const lineRef = (invoice: Numbered, index: number): string => `${invoice.number}/${index + 1}`;
