import type { Pair } from './decided.sql.ts';

/** Precision and recall of the pairs, all of them and those without a person, against `total` true ones. */
export function score(pairs: readonly Pair[], isRight: (pair: Pair) => boolean, total: number) {
  const all = shares(pairs, isRight, total);
  const auto = shares(
    pairs.filter(({ isAuto }) => isAuto),
    isRight,
    total,
  );
  return {
    f1: rounded((2 * all.precision * all.recall) / (all.precision + all.recall), 4),
    precision: rounded(all.precision, 4),
    recall: rounded(all.recall, 4),
    auto_precision: rounded(auto.precision, 5),
    auto_recall: rounded(auto.recall, 4),
  };
}

function shares(pairs: readonly Pair[], isRight: (pair: Pair) => boolean, total: number) {
  const right = pairs.filter(isRight).length;
  return { precision: right / pairs.length, recall: right / total };
}

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
