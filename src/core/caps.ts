/** So many records with one key are one group at most; a key that half a feed shares says nothing. */
export const MOST_TOGETHER = 10_000;
/** The sums of a group stay below what a bigint holds, their difference included. */
export const LARGEST_SUM = 4n * 10n ** 18n;

/** What a step left alone because there was too much of it; never silent: it stands on the run and in its report. */
export type Capped = {
  readonly pass: string;
  /** Keys that were left alone, and the records behind them. */
  readonly keys: number;
  readonly records: number;
  /**
   * Absent: they were left alone. `nearest_only`: so many records share their keys
   * with hundreds, and were compared only with who shares a second field or is near in amount. `not_searched`:
   * so many records had more to choose from than is searched. `coincidence`: nothing was left alone, but so many
   * records (`keys`) add up just as well with what belongs to another, beside `records` sets that were taken.
   */
  readonly how?: 'nearest_only' | 'not_searched' | 'coincidence';
};

/** What was capped, for a person. */
export function cappedWords({ pass, keys, records, how }: Capped): string {
  if (how === 'nearest_only') {
    return `${pass}: ${keys} ${keys === 1 ? 'record shares' : 'records share'} a beginning, a word or an amount with hundreds; of those, only who shares a second field or is near in amount was compared. A field in within, or a narrower block, says more.`;
  }
  if (how === 'not_searched') {
    return `${pass}: ${records} ${records === 1 ? 'record' : 'records'} had more to choose from than is searched (pool), and ${records === 1 ? 'was' : 'were'} left alone; add a field to within.`;
  }
  if (how === 'coincidence') {
    return `${pass}: ${records} ${records === 1 ? 'set was' : 'sets were'} taken, and ${keys} ${keys === 1 ? 'record adds' : 'records add'} up just as well with the records of another key: amounts repeat, so some of the sets are coincidence. Add a field to within, narrow the window, or pair what has a reference in a pass before.`;
  }
  return `${pass}: ${keys} ${keys === 1 ? 'key' : 'keys'} with ${records} records behind ${keys === 1 ? 'it was' : 'them were'} left alone: that many never belong together.`;
}
