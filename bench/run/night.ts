import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

/** What happened to one order on its way to the invoice; the label that a matcher never sees. */
export type Kind =
  | 'clean'
  | 'amount_off'
  | 'po_mistyped'
  | 'po_in_memo'
  | 'po_lost'
  | 'billed_twice'
  | 'billed_in_parts'
  | 'not_billed';

type Order = {
  readonly number: string;
  readonly client: string;
  readonly campaign: string;
  readonly day: number;
  readonly cents: number;
};
type Invoice = {
  readonly number: string;
  readonly client: string;
  readonly po: string;
  readonly memo: string;
  readonly day: number;
  readonly cents: number;
};

/** One state of both systems: `changes` rounds of one order in a hundred, each after the one before. */
export type State = { readonly orders: number; readonly seed: number; readonly changes: number };

const FIRST_DAY = Date.UTC(2026, 0, 1) / 86_400_000;
/** Per thousand orders, from the first on. */
const SHARES: readonly (readonly [Kind, number])[] = [
  ['clean', 850],
  ['amount_off', 50],
  ['po_mistyped', 17],
  ['po_in_memo', 17],
  ['po_lost', 16],
  ['billed_twice', 10],
  ['billed_in_parts', 10],
  ['not_billed', 30],
];
/** Invoices that no order asked for, per thousand orders. */
const UNORDERED = 30;
const WORDS =
  'autumn harvest winter signal river copper lantern meadow orbit cedar summit violet harbor ember quartz falcon prairie willow beacon cobalt'.split(
    ' ',
  );

/** Writes what both systems say, `orders.csv` and `invoices.csv`; with `only`, just the orders changed in that round. */
export async function writeNight(
  folder: string,
  state: State,
  { suffix, only }: { readonly suffix: string; readonly only?: number },
): Promise<void> {
  const isMeant = (at: number): boolean => only === undefined || changedIn(at) === only;
  await writeCsv(
    join(folder, `orders${suffix}.csv`),
    'order_no,client,campaign,ordered_on,amount,currency',
    function* () {
      for (let at = 0; at < state.orders; at += 1) if (isMeant(at)) yield orderLine(orderOf(state, at));
    },
  );
  await writeCsv(
    join(folder, `invoices${suffix}.csv`),
    'invoice_no,client,po_number,memo,invoiced_on,amount,currency',
    function* () {
      for (const at of shuffledNearby(state.orders)) {
        if (!isMeant(at)) continue;
        for (const invoice of invoicesOf(state, at)) yield invoiceLine(invoice);
      }
    },
  );
}

/** The pairs of order and invoice that belong together, as `order invoice`; repeated invoices belong to nothing. */
export function* truth(state: State): Generator<string> {
  for (let at = 0; at < state.orders; at += 1) {
    const order = orderOf(state, at);
    const invoices = billsOf(state, at, order);
    const own = kindOf(state, at) === 'billed_twice' ? invoices.slice(0, 1) : invoices;
    for (const { number } of own) yield `${order.number} ${number}`;
  }
}

/** A number from 0 to below 2^32 for one use at one order; the same seed gives the same night. */
function dice({ seed }: State, at: number, use: number): number {
  let mixed = Math.imul(at + 1, 0x9e3779b1) ^ Math.imul(use + 1, 0x85ebca6b) ^ Math.imul(seed, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function kindOf(state: State, at: number): Kind {
  let left = dice(state, at, 0) % 1000;
  for (const [kind, share] of SHARES) {
    if (left < share) return kind;
    left -= share;
  }
  throw new Error('the shares add up to a thousand');
}

/** The round in which an order changes, if it ever does: one in a hundred in each. */
const changedIn = (at: number): number => at % 100;

/** Two check digits, so that a mistyped number is nobody else's. */
function orderNumber(at: number): string {
  const number = 100_000 + at;
  return `O-${number}${String(97 - (number % 97)).padStart(2, '0')}`;
}

function orderOf(state: State, at: number): Order {
  const clients = Math.max(20, Math.ceil(state.orders / 200));
  const word = (use: number): string => WORDS[dice(state, at, use) % WORDS.length] ?? '';
  const isChanged = changedIn(at) < state.changes;
  const cents = 10_000 + (dice(state, at, 1) % 2_000_000);
  return {
    number: orderNumber(at),
    client: `Client ${String(dice(state, at, 2) % clients).padStart(4, '0')} Holdings`,
    campaign: `${word(3)} ${word(4)} ${1 + (dice(state, at, 5) % 900)}`,
    day: Math.floor((at / state.orders) * 300),
    cents: isChanged ? cents + 100 + (dice(state, at, 6) % 50_000) : cents,
  };
}

function billsOf(state: State, at: number, order: Order): readonly Invoice[] {
  const kind = kindOf(state, at);
  // A change reaches the invoice in two cases of three; in the third the two systems now differ.
  const hasFollowed = dice(state, at, 7) % 3 > 0;
  const agreed = hasFollowed ? order : orderOf({ ...state, changes: 0 }, at);
  const plain: Invoice = {
    number: `I-${100_000 + at}-1`,
    client: order.client,
    po: order.number,
    memo: order.campaign,
    day: order.day + (dice(state, at, 8) % 8),
    cents: agreed.cents,
  };
  return BILLS[kind](plain, { state, at });
}

const SLIP = 3;

const BILLS = {
  clean: (plain) => [plain],
  amount_off: (plain, { state, at }) => {
    const perMille = 5 + (dice(state, at, 9) % 120);
    const off = Math.max(1, Math.round((plain.cents * perMille) / 1000));
    return [{ ...plain, cents: plain.cents + (dice(state, at, 10) % 2 === 0 ? off : -off) }];
  },
  po_mistyped: (plain, { state, at }) => {
    const digit = 4 + (dice(state, at, 11) % (plain.po.length - 4));
    const other = (Number(plain.po[digit]) + 1 + (dice(state, at, 12) % 9)) % 10;
    return [
      keyless(plain, { state, at, po: `${plain.po.slice(0, digit)}${other}${plain.po.slice(digit + 1)}` }),
    ];
  },
  po_in_memo: (plain, { state, at }) => [
    { ...keyless(plain, { state, at, po: '' }), memo: `${plain.memo} ref ${plain.po.replace('-', ' ')}` },
  ],
  po_lost: (plain, { state, at }) => [
    { ...keyless(plain, { state, at, po: '' }), memo: plain.memo.slice(0, 15) },
  ],
  billed_twice: (plain) => [plain, { ...plain, number: plain.number.replace(/1$/, '2') }],
  billed_in_parts: (plain, { state, at }) => {
    const first = Math.floor((plain.cents * (300 + (dice(state, at, 13) % 150))) / 1000);
    return [
      { ...plain, cents: first },
      { ...plain, number: plain.number.replace(/1$/, '2'), cents: plain.cents - first },
    ];
  },
  not_billed: () => [],
} as const satisfies Record<
  Kind,
  (plain: Invoice, about: { readonly state: State; readonly at: number }) => readonly Invoice[]
>;

/** An invoice that has lost its order number, with a day up to three days off. */
const keyless = (
  plain: Invoice,
  { state, at, po }: { readonly state: State; readonly at: number; readonly po: string },
): Invoice => ({ ...plain, po, day: plain.day + (dice(state, at, 14) % (2 * SLIP + 1)) - SLIP });

function invoicesOf(state: State, at: number): readonly Invoice[] {
  const billed = billsOf(state, at, orderOf(state, at));
  if (dice(state, at, 15) % 1000 >= UNORDERED) return billed;
  const stray = orderOf(state, at + state.orders);
  const unordered: Invoice = {
    number: `I-${100_000 + at}-9`,
    client: stray.client,
    po: orderNumber(at + state.orders),
    memo: stray.campaign,
    day: orderOf(state, at).day,
    cents: stray.cents,
  };
  return [...billed, unordered];
}

/** Invoices come in the order of their days, more or less: shuffled within a thirtieth of the year. */
function* shuffledNearby(count: number): Generator<number> {
  const width = Math.max(1, Math.ceil(count / 30));
  for (let from = 0; from < count; from += width) {
    const size = Math.min(width, count - from);
    const step = coprimeTo(size);
    for (let turn = 0; turn < size; turn += 1) yield from + ((turn * step) % size);
  }
}

function coprimeTo(size: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let step = Math.floor(size * 0.618) + 1;
  while (divisor(step, size) !== 1) step += 1;
  return step;
}

const dayText = (day: number): string => new Date((FIRST_DAY + day) * 86_400_000).toISOString().slice(0, 10);
const days = new Map<number, string>();

function dayOf(day: number): string {
  const known = days.get(day) ?? dayText(day);
  days.set(day, known);
  return known;
}

const amountOf = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

const orderLine = ({ number, client, campaign, day, cents }: Order): string =>
  `${number},${client},${campaign},${dayOf(day)},${amountOf(cents)},USD\n`;

const invoiceLine = ({ number, client, po, memo, day, cents }: Invoice): string =>
  `${number},${client},${po},${memo},${dayOf(day)},${amountOf(cents)},USD\n`;

const CHUNK = 262_144;

async function writeCsv(path: string, header: string, rows: () => Generator<string>): Promise<void> {
  const file = createWriteStream(path);
  let text = `${header}\n`;
  for (const row of rows()) {
    text += row;
    if (text.length < CHUNK) continue;
    if (!file.write(text)) await once(file, 'drain');
    text = '';
  }
  file.end(text);
  await once(file, 'finish');
}
