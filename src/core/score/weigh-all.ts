import type { Pausing } from '../pauses.ts';
import { type Edges, WEIGHT_FLOOR } from './decide.ts';
import { EdgeList } from './edge-list.ts';
import type { EachCandidates } from './kept-candidates.ts';
import type { Sizes } from './learn.ts';
import { type Tallies, tallier } from './tallies.ts';
import { type Scale, weigher } from './weigh.ts';

/**
 * So many pairs are kept, shared out among the expected records, of each at least so many. Who has more candidates is nobody's in
 * particular, and what is not kept counts in the tallies all the same.
 */
const MOST_KEPT = 8_000_000;
const LEAST_KEPT = 50;
/** To learn from, the likeliest few of each tell as much, and take less room. */
export const TO_LEARN = { mostKept: 2_000_000, leastKept: 10 } as const;

export type Weighed = {
  readonly edges: Edges;
  readonly tallies: Tallies;
  readonly compared: number;
  /** Expected records of which not all were compared who share their keys. */
  readonly capped: number;
};

/** Weighs every candidate pair as it is found, and keeps the best of those that may be mentioned. */
export function* weighAll({
  sizes,
  each,
  scale,
  mostKept = MOST_KEPT,
  leastKept = LEAST_KEPT,
}: {
  sizes: Sizes;
  each: EachCandidates;
  scale: Scale;
  mostKept?: number;
  leastKept?: number;
}): Pausing<Weighed> {
  const weigh = weigher(scale);
  const { tallies, count } = tallier(sizes);
  const edges = new EdgeList();
  const [mentioned, weightOf] = [new Int32Array(sizes.actual), new Float64Array(sizes.actual)];
  const most = Math.max(Math.floor(mostKept / Math.max(sizes.expected, 1)), leastKept);
  let compared = 0;
  const visit = (e: number, actual: Int32Array): void => {
    compared += actual.length;
    let size = 0;
    for (let at = 0; at < actual.length; at += 1) {
      const a = actual[at] ?? 0;
      const weight = weigh(e, a);
      if (weight <= WEIGHT_FLOOR) continue;
      mentioned[size] = a;
      weightOf[a] = weight;
      size += 1;
    }
    if (size === 0) return;
    // Hardly one of ten is mentioned: only those need an order.
    const row = mentioned.subarray(0, size).sort();
    for (let at = 0; at < size; at += 1) count(e, row[at] ?? 0, weightOf[row[at] ?? 0] ?? 0);
    const best = size > most ? heaviest(row, { weightOf, most }) : row;
    for (let at = 0; at < best.length; at += 1) edges.push(e, best[at] ?? 0, weightOf[best[at] ?? 0] ?? 0);
  };
  const capped = yield* each(visit);
  return { edges: edges.toEdges(), tallies, compared, capped };
}

/** So many of the records of a row that weigh most, of equal ones the first, in their order. */
function heaviest(row: Int32Array, { weightOf, most }: { weightOf: Float64Array; most: number }): Int32Array {
  const weights = Float64Array.from(row, (a) => weightOf[a] ?? 0).sort();
  const least = weights[weights.length - most] ?? 0;
  let equal = most - weights.filter((weight) => weight > least).length;
  return row.filter((a) => {
    const weight = weightOf[a] ?? 0;
    if (weight > least) return true;
    if (weight < least || equal === 0) return false;
    equal -= 1;
    return true;
  });
}
