import { median } from './intake/spike.ts';

/** What a spec asks of every run of it, in millionths: a spec holds no fractions. */
export type ChecksRule = {
  /** At least so much of what is due must be matched. */
  readonly matchRatePpm: number | undefined;
  /** The share that is matched may be so much below the usual one. */
  readonly matchRateDropPpm: number | undefined;
};

export const CHECK_NAMES = ['match_rate', 'match_rate_drop'] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** One check of one run, with the share that was matched and the least that would have done. */
export type CheckResult = {
  readonly name: CheckName;
  readonly holds: boolean;
  readonly foundPpm: number;
  readonly leastPpm: number;
};

/** So many earlier runs say what is usual. */
export const USUAL_RUNS = 8;
const MILLION = 1_000_000;

/** How many records of both sides take part and are due, and how many of those nothing answers. */
export type Due = { readonly due: number; readonly unmatched: number };

/** The share of what is due that is matched; undefined where nothing is due yet, which is no share at all. */
export const matchRateOf = ({ due, unmatched }: Due): number | undefined =>
  due <= 0 ? undefined : Math.floor(((due - unmatched) * MILLION) / due);

/**
 * What a run's checks come to. `earlier` are the shares of the runs before it that changed something, the latest first.
 *
 * What is usual is the median of the latest eight, so that one odd night neither hides the next nor cries twice. Without an
 * earlier run nothing is said of a drop.
 */
export function checkRun(
  rule: ChecksRule | undefined,
  foundPpm: number | undefined,
  earlier: readonly number[],
): readonly CheckResult[] {
  if (rule === undefined || foundPpm === undefined) return [];
  const before = earlier.slice(0, USUAL_RUNS);
  const least: readonly (readonly [CheckName, number | undefined])[] = [
    ['match_rate', rule.matchRatePpm],
    [
      'match_rate_drop',
      rule.matchRateDropPpm === undefined || before.length === 0
        ? undefined
        : Math.floor(median(before)) - rule.matchRateDropPpm,
    ],
  ];
  return least.flatMap(([name, leastPpm]) =>
    leastPpm === undefined ? [] : [{ name, holds: foundPpm >= leastPpm, foundPpm, leastPpm }],
  );
}
