import type { Comparer } from './comparer.ts';
import { IntList } from './int-list.ts';
import type { Session, Sizes } from './learn.ts';
import { repeatableRandom } from './random.ts';

/** Hard limits on what may be a pair at all. Undefined: no limit. */
export type Gates = {
  /** The amounts' difference as a share of the larger one. */
  readonly amount: number | undefined;
  /** Days from the expected to the actual record, both ends included. */
  readonly days: { readonly from: number; readonly to: number } | undefined;
};

/** What the gates look at, per record. */
export type GateColumns = {
  /** Records with different texts here never pair. */
  readonly within: { readonly expected: readonly string[]; readonly actual: readonly string[] };
  readonly amount: { readonly expected: Float64Array; readonly actual: Float64Array };
  readonly day: { readonly expected: Int32Array; readonly actual: Int32Array };
};

export type Finder = {
  readonly comparers: readonly Comparer[];
  readonly columns: GateColumns;
  readonly gates: Gates;
  readonly sizes: Sizes;
  /** Of which actual records an expected one is never a candidate. */
  readonly apart: ReadonlyMap<number, ReadonlySet<number>>;
};

export type Candidates = {
  /** Where each expected record's candidates begin in `actual`; the last entry is where the last one's end. */
  readonly starts: Int32Array;
  /** Actual records to compare with, in ascending order per expected record. */
  readonly actual: Int32Array;
  /** Look-ups that found more than the cap; only the nearest amounts of those were compared. */
  readonly capped: number;
};

/** More records behind one key and gate than this are not all compared; what is left out is counted, never silent. */
const CANDIDATE_CAP = 2_000;
const SESSION_PAIRS = 400_000;

/** Which pairs are worth comparing: those that share a key of some field and pass the gates. */
export function findCandidates(
  finder: Finder,
  indexes: readonly FieldIndex[],
  cap = CANDIDATE_CAP,
): Candidates {
  const starts = new Int32Array(finder.sizes.expected + 1);
  const found = new IntList();
  const foundFor = new Int32Array(finder.sizes.actual).fill(-1);
  let capped = 0;
  for (let e = 0; e < finder.sizes.expected; e += 1) {
    const start = found.length;
    // As if they had been found already.
    for (const a of finder.apart.get(e) ?? NONE) foundFor[a] = e;
    for (const { field, index } of indexes) {
      for (const key of keysOf(finder, { field, side: 'expected', at: e })) {
        const near = passing(finder, index.get(key) ?? NONE, e);
        if (near.length > cap) capped += 1;
        for (const a of near.length > cap ? nearest(finder, near, { e, cap }) : near) {
          if (foundFor[a] === e) continue;
          foundFor[a] = e;
          found.push(a);
        }
      }
    }
    found.sortFrom(start);
    starts[e + 1] = found.length;
  }
  return { starts, actual: found.toArray(), capped };
}

const NONE: readonly number[] = [];

/**
 * Pairs to learn from, a session per field that finds any: whatever shares its key, without the gates, because a field
 * must be seen disagreeing too. At most some hundred thousand per session, spread evenly.
 */
export function findSessions(finder: Finder, indexes: readonly FieldIndex[]): Session[] {
  return indexes.map(({ field, index }) => {
    const lists: (readonly number[])[] = [];
    let total = 0;
    for (let e = 0; e < finder.sizes.expected; e += 1) {
      const [key] = keysOf(finder, { field, side: 'expected', at: e });
      const list = (key === undefined ? undefined : index.get(key)) ?? NONE;
      lists.push(list);
      total += list.length;
    }
    const share = Math.min(1, SESSION_PAIRS / Math.max(total, 1));
    const random = repeatableRandom(1977 + field);
    const pairs = { e: new IntList(), a: new IntList() };
    for (const [e, list] of lists.entries()) {
      for (const a of list) {
        if (share < 1 && random() >= share) continue;
        pairs.e.push(e);
        pairs.a.push(a);
      }
    }
    return { by: field, e: pairs.e.toArray(), a: pairs.a.toArray() };
  });
}

/** The actual records that one field finds, by key, ordered by amount so that a band of it is one slice. */
export type FieldIndex = { readonly field: number; readonly index: ReadonlyMap<string, readonly number[]> };

/** An index per field that can find records, of those that may be found. */
export function indexesOf(finder: Finder, mayFind: (a: number) => boolean = () => true): FieldIndex[] {
  const { comparers, columns, sizes } = finder;
  return comparers.flatMap((comparer, field) => {
    if (!comparer.keysOf) return [];
    const index = new Map<string, number[]>();
    for (let a = 0; a < sizes.actual; a += 1) {
      if (!mayFind(a)) continue;
      for (const key of keysOf(finder, { field, side: 'actual', at: a })) {
        const list = index.get(key);
        if (list) list.push(a);
        else index.set(key, [a]);
      }
    }
    const amounts = columns.amount.actual;
    for (const list of index.values()) list.sort((a, b) => (amounts[a] ?? 0) - (amounts[b] ?? 0) || a - b);
    return [{ field, index }];
  });
}

/** By what a field finds a record; nothing where it finds none. */
export function keysOf(
  { comparers, columns }: Finder,
  { field, side, at }: { field: number; side: 'expected' | 'actual'; at: number },
): readonly string[] {
  const within = columns.within[side][at] ?? '';
  const keys = comparers[field]?.keysOf?.(side, at) ?? [];
  return within === '' ? keys : keys.map((key) => `${within}\u001f${key}`);
}

/** Of a list ordered by amount, those that pass the gates. */
function passing({ columns, gates }: Finder, list: readonly number[], e: number): number[] {
  const { amount, day } = columns;
  const [low, high] = band(amount.expected[e] ?? 0, gates.amount);
  const on = day.expected[e] ?? 0;
  const near: number[] = [];
  for (let at = firstFrom(list, amount.actual, low); at < list.length; at += 1) {
    const a = list[at] ?? 0;
    if ((amount.actual[a] ?? 0) > high) break;
    const later = (day.actual[a] ?? 0) - on;
    if (gates.days && (later < gates.days.from || later > gates.days.to)) continue;
    near.push(a);
  }
  return near;
}

/** Whether two records are within the limits of the pass. */
export function passesGates({ columns, gates }: Finder, e: number, a: number): boolean {
  const { within, amount, day } = columns;
  if (within.expected[e] !== within.actual[a]) return false;
  const [low, high] = band(amount.expected[e] ?? 0, gates.amount);
  const size = amount.actual[a] ?? 0;
  const later = (day.actual[a] ?? 0) - (day.expected[e] ?? 0);
  return size >= low && size <= high && (!gates.days || (later >= gates.days.from && later <= gates.days.to));
}

/** Between which amounts the other one may lie; the share is of the larger size of the two. */
function band(amount: number, share: number | undefined): readonly [number, number] {
  if (share === undefined || share >= 1) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const [less, more] = [amount * (1 - share), amount / (1 - share)];
  return amount < 0 ? [more, less] : [less, more];
}

function firstFrom(list: readonly number[], amounts: Float64Array, low: number): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((amounts[list[middle] ?? 0] ?? 0) < low) from = middle + 1;
    else to = middle;
  }
  return from;
}

function nearest(
  { columns }: Finder,
  list: readonly number[],
  { e, cap }: { e: number; cap: number },
): readonly number[] {
  const amount = columns.amount.expected[e] ?? 0;
  const distance = (a: number): number => Math.abs((columns.amount.actual[a] ?? 0) - amount);
  return [...list].sort((a, b) => distance(a) - distance(b) || a - b).slice(0, cap);
}
