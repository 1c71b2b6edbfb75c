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
): readonly number[] | Int32Array {
  if (records.length <= cap) return records;
  const distance = (at: number): number => Math.abs((amounts[records[at] ?? 0] ?? 0) - amount);
  // From the amount outwards, always to the nearer side.
  let to = firstFrom(records, amounts, amount);
  let from = to;
  while (to - from < cap) {
    if (to === records.length || (from > 0 && distance(from - 1) <= distance(to))) from -= 1;
    else to += 1;
  }
  const furthest = Math.max(distance(from), distance(to - 1));
  const isFurthest = (at: number): boolean => at >= 0 && at < records.length && distance(at) === furthest;
  if (!isFurthest(from - 1) && !isFurthest(to)) return records.subarray(from, to);
  return withoutTies(records, { from, to, cap, isFurthest });
}

/** Of those that are equally far, at both ends of what was taken and beyond it, as many as there is room for, by index. */
function withoutTies(
  records: Int32Array,
  taken: { from: number; to: number; cap: number; isFurthest: (at: number) => boolean },
): readonly number[] {
  const { cap, isFurthest } = taken;
  let [innerFrom, innerTo] = [taken.from, taken.to];
  while (innerFrom < innerTo && isFurthest(innerFrom)) innerFrom += 1;
  while (innerFrom < innerTo && isFurthest(innerTo - 1)) innerTo -= 1;
  let [outerFrom, outerTo] = [taken.from, taken.to];
  while (isFurthest(outerFrom - 1)) outerFrom -= 1;
  while (isFurthest(outerTo)) outerTo += 1;
  const ties = [...records.subarray(outerFrom, innerFrom), ...records.subarray(innerTo, outerTo)];
  const room = cap - (innerTo - innerFrom);
  return [...records.subarray(innerFrom, innerTo), ...ties.sort((a, b) => a - b).slice(0, room)];
}

function firstFrom(records: Int32Array, amounts: Float64Array, least: number): number {
  let [from, to] = [0, records.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((amounts[records[middle] ?? 0] ?? 0) < least) from = middle + 1;
    else to = middle;
  }
  return from;
}
