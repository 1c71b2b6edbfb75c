/** So many records with one key are one group at most; a key that half a feed shares says nothing. */
export const MOST_TOGETHER = 10_000;
/** So many pairs within one key a windowed pass looks at. */
export const MOST_PAIRS = 250_000;
/** The sums of a group stay below what a bigint holds, their difference included. */
export const LARGEST_SUM = 4n * 10n ** 18n;

/** What a step left alone because there was too much of it; never silent: it stands on the run and in its report. */
export type Capped = {
  readonly pass: string;
  /** Keys that were left alone, and the records behind them. */
  readonly keys: number;
  readonly records: number;
};
