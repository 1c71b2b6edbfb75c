import type { Pausing } from '../pauses.ts';
import type { Comparer, Numbers } from './comparer.ts';
import { IntList } from './int-list.ts';
import {
  firstFrom,
  indexByKeys,
  inOrderOf,
  inOrderOfNumbers,
  type KeyIndex,
  type Slice,
  sliceOf,
} from './key-index.ts';
import type { Sizes } from './learn.ts';
import { nearestOf } from './nearest.ts';

/** Hard limits on what may be a pair at all. Undefined: no limit. */
export type Gates = {
  /** The amounts' difference as a share of the larger one. */
  readonly amount: number | undefined;
  /** Days from the expected to the actual record, both ends included. */
  readonly days: { readonly from: number; readonly to: number } | undefined;
};

/** What the gates look at, per record. */
export type GateColumns = {
  /** Records with different numbers here never pair; undefined where all may. */
  readonly within: Numbers | undefined;
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

/** More records behind one key and gate than this are not all compared; what is left out is counted, never silent. */
const CANDIDATE_CAP = 2_000;
/**
 * So many are compared with one record for what they share alone, found by its rarest keys first. Measured on 30,000 people
 * with seven fields (2026-11-29): a common first name alone brought 2,000 candidates each, and none of them was the one.
 */
const ENOUGH = 400;

/**
 * Says of each expected record, in their order, which pairs with it are worth comparing: those that share a key of some field and
 * pass the gates. Of who shares nothing rarer than what hundreds share, only those that share a second field too, or come nearest
 * in amount. Returns of how many expected records not all were named who share their keys.
 *
 * Shape: `visit` is given each actual record once, in no particular order, in an array that is written over after it.
 */
export function* eachCandidates(
  finder: Finder,
  indexes: readonly FieldIndex[],
  { visit, cap = CANDIDATE_CAP }: { visit: (e: number, actual: Int32Array) => void; cap?: number },
): Pausing<number> {
  const found = new IntList();
  const foundFor = new Int32Array(finder.sizes.actual).fill(-1);
  const { sharersOf, sharersByKey } = sharing(finder, indexes);
  const take: Take = (list, e) => {
    for (let at = 0; at < list.length; at += 1) {
      const a = list[at] ?? 0;
      if (foundFor[a] === e) continue;
      foundFor[a] = e;
      found.push(a);
    }
  };
  const share = sharer(finder, { cap, take });
  const alike = alikeIn(finder, indexes);
  let capped = 0;
  for (let e = 0; e < finder.sizes.expected; e += 1) {
    if (e % UNTIL_PAUSE === 0) yield;
    const before = alike.of(e);
    if (before !== undefined) {
      capped += 1;
      visit(e, before);
      continue;
    }
    found.length = 0;
    // As if they had been found already.
    for (const a of finder.apart.get(e) ?? NONE) foundFor[a] = e;
    const sharers = sharersOf(e);
    if (sharers.length <= ENOUGH) take(sharers.toArray(), e);
    else {
      const byRarity = sharersByKey();
      const rare = rareOf(byRarity);
      for (let at = 0; at < rare; at += 1) take(byRarity[at]?.near ?? NONE, e);
      if (rare < byRarity.length) {
        capped += 1;
        share(byRarity.slice(rare), e);
        alike.keep(e, found.toArray());
      }
    }
    visit(e, found.toArray());
  }
  return capped;
}

/** So many records' candidates between two pauses: of the busiest, some milliseconds. */
const UNTIL_PAUSE = 64;

/** So many candidates are kept for records like those that have them; beyond that they are looked for again. */
const KEPT_ALIKE = 4_000_000;

/**
 * Finds what an earlier record was compared with that nothing tells apart from another here, of those that share too much: 10,000
 * of one client, amount and day beside as many were looked through 10,000 times (19 s, and 230 s of 30,000; 2026-11-30).
 */
function alikeIn({ columns, apart }: Finder, indexes: readonly FieldIndex[]) {
  const known = new Map<string, Int32Array>();
  let kept = 0;
  const nameOf = (e: number): string => {
    const { within, amount, day } = columns;
    const group = within?.expected[e] ?? 0;
    // A value that nobody has finds nobody.
    const values = indexes.map(({ index }) => {
      const { starts, numbers, expected } = index.keys;
      const value = expected[e] ?? -1;
      for (let at = starts[value] ?? 0; value >= 0 && at < (starts[value + 1] ?? 0); at += 1) {
        const { from, to } = sliceOf(index, numbers[at] ?? 0, group);
        if (from < to) return value;
      }
      return -1;
    });
    return [group, amount.expected[e], day.expected[e], ...values].join();
  };
  return {
    of: (e: number): Int32Array | undefined =>
      known.size === 0 || apart.has(e) ? undefined : known.get(nameOf(e)),
    keep: (e: number, found: Int32Array): void => {
      if (apart.has(e)) return;
      if (kept > KEPT_ALIKE) {
        known.clear();
        kept = 0;
      }
      known.set(nameOf(e), found.slice());
      kept += found.length;
    },
  };
}

/** Who shares a key of a field with a record, in the order of amounts. */
type Sharers = { readonly field: number; readonly near: Int32Array };

/**
 * Two functions: one says who shares any key of a record and passes the gates, key by key; the other of the same record, the
 * rarest key first. What they return holds until the first is asked again. Most records share little, and need no order.
 */
function sharing(finder: Finder, indexes: readonly FieldIndex[]) {
  const all = new IntList();
  const [fields, ends] = [new IntList(), new IntList()];
  const sharersOf = (e: number): IntList => {
    for (const list of [all, fields, ends]) list.length = 0;
    const group = finder.columns.within?.expected[e] ?? 0;
    for (const { field, index } of indexes) {
      const { starts, numbers, expected } = index.keys;
      const value = expected[e] ?? -1;
      const end = starts[value + 1] ?? 0;
      for (let at = value < 0 ? end : (starts[value] ?? 0); at < end; at += 1) {
        const from = all.length;
        addPassing(finder, { index, slice: sliceOf(index, numbers[at] ?? 0, group), e }, all);
        if (all.length === from) continue;
        fields.push(field);
        ends.push(all.length);
      }
    }
    return all;
  };
  const sharersByKey = (): readonly Sharers[] => {
    const [near, until, of] = [all.toArray(), ends.toArray(), fields.toArray()];
    const found = Array.from(of, (field, at) => ({
      field,
      near: near.subarray(until[at - 1] ?? 0, until[at]),
    }));
    return found.sort((one, other) => one.near.length - other.near.length);
  };
  return { sharersOf, sharersByKey };
}

/** How many of them are compared whole: as long as it is not too much. */
function rareOf(sharers: readonly Sharers[]): number {
  let room = ENOUGH;
  let rare = 0;
  for (const { near } of sharers) {
    room -= near.length;
    if (room < 0) break;
    rare += 1;
  }
  return rare;
}

type Take = (list: readonly number[] | Int32Array, e: number) => void;

/** A function that takes of common keys' records those that share two fields, and of each key the nearest in amount. */
function sharer(
  finder: Finder,
  { cap, take }: { cap: number; take: Take },
): (common: readonly Sharers[], e: number) => void {
  const { amount } = finder.columns;
  const hasAmounts = amount.actual.some((size) => size !== 0);
  const seenFor = new Int32Array(finder.sizes.actual).fill(-1);
  const seenBy = new Int32Array(finder.sizes.actual);
  return (common, e) => {
    const twice: number[] = [];
    for (const { field, near } of common) {
      for (let at = 0; at < near.length; at += 1) {
        const a = near[at] ?? 0;
        if (seenFor[a] !== e) {
          seenFor[a] = e;
          seenBy[a] = field;
        } else if (seenBy[a] !== field) twice.push(a);
      }
    }
    const to = amount.expected[e] ?? 0;
    if (twice.length <= cap) take(twice, e);
    else take(nearestOf(inOrder(twice, amount.actual), amount.actual, { amount: to, cap }), e);
    if (!hasAmounts && twice.length > 0) return;
    const most = { amount: to, cap: hasAmounts ? ENOUGH : cap };
    for (const { near } of common) take(nearestOf(near, amount.actual, most), e);
  };
}

/** By amount, then index. */
const inOrder = (records: readonly number[], amounts: Float64Array): Int32Array =>
  Int32Array.from(records).sort((a, b) => (amounts[a] ?? 0) - (amounts[b] ?? 0) || a - b);

const NONE: readonly number[] = [];

/** The actual records that one field finds. */
export type FieldIndex = { readonly field: number; readonly index: KeyIndex };

/** An index per field that can find records, of those that may be found. */
export function indexesOf(finder: Finder, mayFind: (a: number) => boolean = () => true): FieldIndex[] {
  const { comparers, columns, sizes } = finder;
  const { within } = columns;
  const [group, amount, day] = [within?.actual, columns.amount.actual, columns.day.actual];
  const all = Int32Array.from({ length: sizes.actual }, (_, a) => a).filter(mayFind);
  const byAmount = inOrderOf(all, amount);
  const order = within ? inOrderOfNumbers(byAmount, within.actual, within.size) : byAmount;
  return comparers.flatMap(({ keys }, field) =>
    keys ? [{ field, index: indexByKeys(order, keys, { group, amount, day }) }] : [],
  );
}

/** Adds those of a slice that pass the gates. */
function addPassing(
  { columns, gates }: Finder,
  { index, slice, e }: { index: KeyIndex; slice: Slice; e: number },
  found: IntList,
): void {
  const { records, amounts, days } = index;
  const [low, high] = band(columns.amount.expected[e] ?? 0, gates.amount);
  const on = columns.day.expected[e] ?? 0;
  const [first, last] = gates.days ? [on + gates.days.from, on + gates.days.to] : [-FAR, FAR];
  for (let at = firstFrom(amounts, slice, low); at < slice.to; at += 1) {
    if ((amounts[at] ?? 0) > high) break;
    const day = days[at] ?? 0;
    if (day >= first && day <= last) found.push(records[at] ?? 0);
  }
}

/** No day is further away. */
const FAR = Number.POSITIVE_INFINITY;

/** Whether two records are within the limits of the pass. */
export function passesGates({ columns, gates }: Finder, e: number, a: number): boolean {
  const { within, amount, day } = columns;
  if (within && within.expected[e] !== within.actual[a]) return false;
  const [low, high] = band(amount.expected[e] ?? 0, gates.amount);
  const size = amount.actual[a] ?? 0;
  const later = (day.actual[a] ?? 0) - (day.expected[e] ?? 0);
  return size >= low && size <= high && (!gates.days || (later >= gates.days.from && later <= gates.days.to));
}

/** Between which amounts the other one may lie; the share is of the larger size of the two. */
export function band(amount: number, share: number | undefined): readonly [number, number] {
  if (share === undefined || share >= 1) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const [less, more] = [amount * (1 - share), amount / (1 - share)];
  return amount < 0 ? [more, less] : [less, more];
}
