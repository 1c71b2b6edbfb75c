import { IntList } from './int-list.ts';

/**
 * Records by the keys that find them: of each key one slice, ordered by amount, so that a band of amounts is a slice too. What
 * the gates look at stands beside the records: a common key is walked through for everybody who has it.
 */
export type KeyIndex = {
  /** Which slice is a key's. */
  readonly numberOf: ReadonlyMap<string, number>;
  /** Where each slice begins; the last entry is where the last one ends. */
  readonly starts: Int32Array;
  readonly records: Int32Array;
  readonly amounts: Float64Array;
  readonly days: Int32Array;
};

/** From where to where a key's records stand. */
export type Slice = { readonly from: number; readonly to: number };

const NOTHING: Slice = { from: 0, to: 0 };

export function sliceOf({ numberOf, starts }: KeyIndex, key: string | undefined): Slice {
  const number = key === undefined ? undefined : numberOf.get(key);
  if (number === undefined) return NOTHING;
  return { from: starts[number] ?? 0, to: starts[number + 1] ?? 0 };
}

/** An index of records that come in the order of their amounts, by whatever keys each has. */
export function indexByKeys(
  records: Iterable<number>,
  keysOf: (record: number) => readonly string[],
  { amount, day }: { readonly amount: Float64Array; readonly day: Int32Array },
): KeyIndex {
  const numberOf = new Map<string, number>();
  const [numbers, owners] = [new IntList(), new IntList()];
  for (const record of records) {
    for (const key of keysOf(record)) {
      const number = numberOf.get(key) ?? numberOf.size;
      if (number === numberOf.size) numberOf.set(key, number);
      numbers.push(number);
      owners.push(record);
    }
  }
  const { starts, order } = grouped(numbers.toArray(), numberOf.size);
  const found = owners.toArray();
  const inOrder = Int32Array.from(order, (at) => found[at] ?? 0);
  return {
    numberOf,
    starts,
    records: inOrder,
    amounts: Float64Array.from(inOrder, (record) => amount[record] ?? 0),
    days: Int32Array.from(inOrder, (record) => day[record] ?? 0),
  };
}

/** Where each number's positions begin, and all positions by number; those of a number stay in order. */
function grouped(numbers: Int32Array, size: number): { starts: Int32Array; order: Int32Array } {
  const starts = new Int32Array(size + 1);
  for (const number of numbers) starts[number + 1] = (starts[number + 1] ?? 0) + 1;
  for (let number = 0; number < size; number += 1)
    starts[number + 1] = (starts[number + 1] ?? 0) + (starts[number] ?? 0);
  const next = starts.slice(0, size);
  const order = new Int32Array(numbers.length);
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] ?? 0;
    const place = next[number] ?? 0;
    order[place] = at;
    next[number] = place + 1;
  }
  return { starts, order };
}
