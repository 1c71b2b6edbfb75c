import type { Sizes } from './learn.ts';

type OfSides<T> = { readonly expected: T; readonly actual: T };

/** Per record who came closest, how close, and how close the next one came. */
export type Rivals = {
  readonly best: Int32Array;
  readonly weight: Float64Array;
  readonly next: Float64Array;
};

/** What is known of each record's weighed pairs, also of those that were not kept. */
export type Tallies = {
  /** The likelihoods of all its candidates together. */
  readonly together: OfSides<Float64Array>;
  readonly rivals: OfSides<Rivals>;
};

/** Tallies, and a function that counts a pair in. Pairs come in order, so that equal ones add up to equal sums. */
export function tallier({ expected, actual }: Sizes): {
  readonly tallies: Tallies;
  readonly count: (e: number, a: number, weight: number) => void;
} {
  const together = { expected: new Float64Array(expected), actual: new Float64Array(actual) };
  const rivals = { expected: noRivals(expected), actual: noRivals(actual) };
  return {
    tallies: { together, rivals },
    count: (e, a, weight) => {
      const likelihood = 2 ** weight;
      together.expected[e] = (together.expected[e] ?? 0) + likelihood;
      together.actual[a] = (together.actual[a] ?? 0) + likelihood;
      see(rivals.expected, { record: e, other: a, weight });
      see(rivals.actual, { record: a, other: e, weight });
    },
  };
}

/** The weight of a record's best pair that is not the one with `other`. */
export const bestWithout = ({ best, weight, next }: Rivals, record: number, other: number): number =>
  (best[record] === other ? next[record] : weight[record]) ?? Number.NEGATIVE_INFINITY;

/** The weight of a record's best pair. */
export const bestWeight = ({ weight }: Rivals, record: number): number =>
  weight[record] ?? Number.NEGATIVE_INFINITY;

const noRivals = (size: number): Rivals => ({
  best: new Int32Array(size).fill(-1),
  weight: new Float64Array(size).fill(Number.NEGATIVE_INFINITY),
  next: new Float64Array(size).fill(Number.NEGATIVE_INFINITY),
});

function see(
  { best, weight, next }: Rivals,
  pair: { readonly record: number; readonly other: number; readonly weight: number },
): void {
  const { record } = pair;
  if (pair.weight > (weight[record] ?? 0)) {
    next[record] = weight[record] ?? 0;
    weight[record] = pair.weight;
    best[record] = pair.other;
  } else if (pair.weight > (next[record] ?? 0)) next[record] = pair.weight;
}
