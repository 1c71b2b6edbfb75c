/** When a figure is too far from what is usual. */
export type SpikeCheck = {
  /** How many robust standard deviations are too many. */
  readonly zscore: number;
  /** With fewer figures before it, nothing is judged. */
  readonly minHistory: number;
  readonly direction: 'both' | 'drop' | 'rise';
  /** Differences below this share of the usual figure are never measured as more than one deviation. */
  readonly relativeFloor: number;
  /** The same in absolute terms, in the figure's own unit. */
  readonly floor: number;
};

/** A figure of the past: how much, and on which weekday (1 is Monday). */
export type Past = { readonly value: number; readonly weekday: number };

export type Spike = {
  readonly now: number;
  /** The median of what it was compared with. */
  readonly usual: number;
  readonly history: number;
  /** Signed and capped: beyond the cap a larger number says nothing more. */
  readonly zscore: number;
};

/** Scales the median absolute deviation to a standard deviation of a normal distribution. */
const MAD_SCALE = 0.6745;
const CAP = 50;

/**
 * The spike that `now` is; undefined when it is none, or when there is too little to compare it with.
 *
 * The figure itself is never part of what it is compared with: with it, no spike of any size fires before the eleventh figure. Median and
 * median deviation, so that earlier spikes move nothing; floors, so that a feed that never varies does not alarm at the first breath.
 */
export function spikeOf(now: Past, history: readonly Past[], check: SpikeCheck): Spike | undefined {
  const season = seasonOf(history, now.weekday, check.minHistory);
  if (season === undefined) return undefined;
  const usual = median(season);
  const deviation = median(season.map((value) => Math.abs(value - usual)));
  const spread = Math.max(deviation, check.relativeFloor * Math.abs(usual), check.floor, Number.MIN_VALUE);
  const zscore = Math.max(-CAP, Math.min(CAP, (MAD_SCALE * (now.value - usual)) / spread));
  if (Math.abs(zscore) < check.zscore || !isWatched(zscore, check.direction)) return undefined;
  return { now: now.value, usual, history: season.length, zscore };
}

const isWatched = (zscore: number, direction: SpikeCheck['direction']): boolean =>
  direction === 'both' || (direction === 'drop' ? zscore < 0 : zscore > 0);

export const isWeekend = (weekday: number): boolean => weekday >= 6;

/**
 * What to compare with: the same weekday, when it came often enough; else working days with working days and weekends with weekends. Too few
 * of them is a warm-up, and nothing is judged: what all days have in common says little of a Sunday.
 */
function seasonOf(history: readonly Past[], weekday: number, least: number): readonly number[] | undefined {
  const seasons = [
    history.filter((past) => past.weekday === weekday),
    history.filter((past) => isWeekend(past.weekday) === isWeekend(weekday)),
  ];
  return seasons.find((season) => season.length >= least)?.map(({ value }) => value);
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('the median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
