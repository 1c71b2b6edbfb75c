/** Pairs that were made or proposed, against those that are known to belong together. */
export type PairCounts = {
  /** Known to belong together. */
  readonly right: number;
  /** Of a record that is known to belong to another, or to none. */
  readonly wrong: number;
  /** Of two records of which nothing is known. */
  readonly unknown: number;
};

/** Shares from 0 to 1; undefined where there is nothing to take a share of. */
export type PairScore = {
  /** Of the pairs of which something is known, how many are right. */
  readonly precision: number | undefined;
  /** Of the pairs that are known, how many were found. */
  readonly recall: number | undefined;
  /** The harmonic mean of both. */
  readonly f1: number | undefined;
};

export const NO_PAIRS: PairCounts = { right: 0, wrong: 0, unknown: 0 };

export const addPairs = (one: PairCounts, other: PairCounts): PairCounts => ({
  right: one.right + other.right,
  wrong: one.wrong + other.wrong,
  unknown: one.unknown + other.unknown,
});

/**
 * Precision, recall and F1 of pairs, where `known` pairs could have been found. Pairs of which nothing is known count for neither.
 * Source: C. J. van Rijsbergen, Information Retrieval, 2nd ed. 1979, chapter 7.
 */
export function scoreOf({ right, wrong }: PairCounts, known: number): PairScore {
  const precision = right + wrong === 0 ? undefined : right / (right + wrong);
  const recall = known === 0 ? undefined : right / known;
  const isNothing = right === 0 && wrong === 0 && known === 0;
  return {
    precision,
    recall,
    f1: isNothing ? undefined : (2 * right) / (2 * right + wrong + (known - right)),
  };
}
