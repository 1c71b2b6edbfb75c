import type { Keys } from './comparer.ts';

/**
 * Records by the keys that find them: of each key one slice, ordered by group and amount, so that the records of a group are a
 * slice, and a band of amounts is one too. What the gates look at stands beside the records: a common key is walked through for
 * everybody who has it.
 */
export type KeyIndex = {
  readonly keys: Keys;
  /** Where each key's slice begins; the last entry is where the last one ends. */
  readonly starts: Int32Array;
  readonly records: Int32Array;
  /** Which group each of them is of; undefined where all are of one. */
  readonly groups: Int32Array | undefined;
  readonly amounts: Float64Array;
  readonly days: Int32Array;
};

/** From where to where a key's records stand. */
export type Slice = { readonly from: number; readonly to: number };

const NOTHING: Slice = { from: 0, to: 0 };

/** The records of a group that a key finds. */
export function sliceOf({ starts, groups }: KeyIndex, key: number, group: number): Slice {
  const whole = { from: starts[key] ?? 0, to: starts[key + 1] ?? 0 };
  if (groups === undefined || whole.from === whole.to) return whole;
  const from = firstFrom(groups, whole, group);
  if (from === whole.to || groups[from] !== group) return NOTHING;
  return { from, to: firstFrom(groups, { from, to: whole.to }, group + 1) };
}

/** The first place of a slice whose value is not below the least; values ascend. */
export function firstFrom(values: Int32Array | Float64Array, { from, to }: Slice, least: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Records by the number that each has, ascending, all below `size`; those of one number stay in order. */
export function inOrderOfNumbers(records: Int32Array, numbers: Int32Array, size: number): Int32Array {
  const next = new Int32Array(size + 1);
  for (const record of records) {
    const after = (numbers[record] ?? 0) + 1;
    next[after] = (next[after] ?? 0) + 1;
  }
  for (let number = 0; number < size; number += 1)
    next[number + 1] = (next[number + 1] ?? 0) + (next[number] ?? 0);
  const order = new Int32Array(records.length);
  for (const record of records) {
    const number = numbers[record] ?? 0;
    const place = next[number] ?? 0;
    order[place] = record;
    next[number] = place + 1;
  }
  return order;
}

/**
 * Records by what they have of a column, ascending; those that have the same stay in order. By its place among the sorted values:
 * comparing two records at a time took five times as long for eighty thousand (2026-11-30).
 */
export function inOrderOf(records: Int32Array, column: Float64Array): Int32Array {
  const values = Float64Array.from(records, (record) => column[record] ?? 0);
  const sorted = values.slice().sort();
  const whole = { from: 0, to: sorted.length };
  // How many records of a value stand behind its first place already.
  const taken = new Int32Array(sorted.length);
  const order = new Int32Array(sorted.length);
  for (let at = 0; at < records.length; at += 1) {
    const first = firstFrom(sorted, whole, values[at] ?? 0);
    const behind = taken[first] ?? 0;
    taken[first] = behind + 1;
    order[first + behind] = records[at] ?? 0;
  }
  return order;
}

/** An index of actual records that come in the order of their groups and amounts, by whatever keys each has. */
export function indexByKeys(
  records: Int32Array,
  keys: Keys,
  columns: {
    readonly group: Int32Array | undefined;
    readonly amount: Float64Array;
    readonly day: Int32Array;
  },
): KeyIndex {
  const { group, amount, day } = columns;
  const starts = startsOf(records, keys);
  const size = starts[keys.size] ?? 0;
  const found = new Int32Array(size);
  const groups = group && new Int32Array(size);
  const amounts = new Float64Array(size);
  const days = new Int32Array(size);
  const next = starts.slice(0, keys.size);
  for (let nth = 0; nth < records.length; nth += 1) {
    const record = records[nth] ?? 0;
    const value = keys.actual[record] ?? -1;
    if (value < 0) continue;
    const end = keys.starts[value + 1] ?? 0;
    for (let at = keys.starts[value] ?? 0; at < end; at += 1) {
      const number = keys.numbers[at] ?? 0;
      const place = next[number] ?? 0;
      next[number] = place + 1;
      found[place] = record;
      if (groups && group) groups[place] = group[record] ?? 0;
      amounts[place] = amount[record] ?? 0;
      days[place] = day[record] ?? 0;
    }
  }
  return { keys, starts, records: found, groups, amounts, days };
}

/** Where the records that each key finds begin; the last entry is where those of the last one end. */
function startsOf(records: Int32Array, keys: Keys): Int32Array {
  const starts = new Int32Array(keys.size + 1);
  for (let nth = 0; nth < records.length; nth += 1) {
    const value = keys.actual[records[nth] ?? 0] ?? -1;
    if (value < 0) continue;
    const end = keys.starts[value + 1] ?? 0;
    for (let at = keys.starts[value] ?? 0; at < end; at += 1) {
      const after = (keys.numbers[at] ?? 0) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    }
  }
  for (let key = 0; key < keys.size; key += 1) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  return starts;
}
