import { firstWhere } from '../first-where.ts';

/**
 * Of records ordered by amount, at most `cap` that come nearest to an amount; of equally near ones those with the smaller
 * index. In no particular order.
 *
 * Shape: `records` by ascending amount, then index.
 */
export function nearestOf(
  records: Int32Array,
  amounts: Float64Array,
  { amount, cap }: { readonly amount: number; readonly cap: number },
): Int32Array {
  if (records.length <= cap) return records;
  const distance = (at: number): number => Math.abs((amounts[records[at] ?? 0] ?? 0) - amount);
  // From the amount outwards, always to the nearer side.
  const middle = firstFrom(records, amounts, amount);
  let [from, to] = [middle, middle];
  while (to - from < cap) {
    if (to === records.length || (from > 0 && distance(from - 1) <= distance(to))) from -= 1;
    else to += 1;
  }
  const furthest = Math.max(distance(from), distance(to - 1));
  const isFurthest = (at: number): boolean => at >= 0 && at < records.length && distance(at) === furthest;
  if (!isFurthest(from - 1) && !isFurthest(to)) return records.subarray(from, to);
  const runOf = (at: number): Run => {
    if (!isFurthest(at)) return { from: at, to: at };
    const own = amounts[records[at] ?? 0] ?? 0;
    return { from: firstFrom(records, amounts, own), to: firstBeyond(records, amounts, own) };
  };
  // Those below the amount and those above it that are as far as the furthest that was taken, whether or not any of them was.
  const below = runOf(from < middle && isFurthest(from) ? from : from - 1);
  const above = runOf(to > middle && isFurthest(to - 1) ? to - 1 : to);
  const inner = {
    from: below.from === below.to ? from : Math.max(from, below.to),
    to: above.from === above.to ? to : Math.min(to, above.from),
  };
  return withTies(records, { inner, below, above, cap });
}

/** Positions from one up to another. */
type Run = { readonly from: number; readonly to: number };

/**
 * What is nearer than the ties, and as many of these as there is room for, by index. Of thousands of one amount only as many are
 * looked at as are taken: either run stands in the order of indexes.
 */
function withTies(
  records: Int32Array,
  { inner, below, above, cap }: { inner: Run; below: Run; above: Run; cap: number },
): Int32Array {
  const kept = new Int32Array(cap);
  kept.set(records.subarray(inner.from, inner.to));
  let [one, other] = [below.from, above.from];
  for (let place = inner.to - inner.from; place < cap; place += 1) {
    const isBelow = one < below.to && (other >= above.to || (records[one] ?? 0) < (records[other] ?? 0));
    kept[place] = records[isBelow ? one : other] ?? 0;
    if (isBelow) one += 1;
    else other += 1;
  }
  return kept;
}

/** The first position whose amount is not less. */
const firstFrom = (records: Int32Array, amounts: Float64Array, least: number): number =>
  firstWhere(records.length, (at) => (amounts[records[at] ?? 0] ?? 0) >= least);

/** The first position whose amount is more. */
const firstBeyond = (records: Int32Array, amounts: Float64Array, most: number): number =>
  firstWhere(records.length, (at) => (amounts[records[at] ?? 0] ?? 0) > most);
