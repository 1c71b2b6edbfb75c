import type { StepKind } from './message.ts';
import type { Money } from './money.ts';
import type { Reached } from './step-reach.ts';

/** One step that was taken for one exception, and who must hear of it. */
export type Told = {
  readonly step: StepKind;
  readonly exceptionId: string;
  readonly atStake: Money;
  readonly reached: readonly Reached[];
};

/** What one address hears of one kind of step in one sweep. */
export type StepMessage = {
  readonly address: string;
  readonly step: StepKind;
  readonly count: number;
  /** Undefined when there are several currencies: those are never added. */
  readonly total: Money | undefined;
  /** The largest first. */
  readonly exceptionIds: readonly string[];
};

/** More than this in one message are counted, not listed. */
const LISTED = 10;

/**
 * The messages of a sweep: one per address and kind of step, however many exceptions it is about, so that a morning on
 * which two hundred promises break is one message and not two hundred. In a total order, whatever order they came in.
 */
export function stepMessages(told: readonly Told[]): StepMessage[] {
  const groups = new Map<string, { address: string; step: StepKind; about: Told[] }>();
  for (const one of told) {
    for (const { address } of one.reached) {
      const key = `${one.step} ${address}`;
      const group = groups.get(key) ?? { address, step: one.step, about: [] };
      group.about.push(one);
      groups.set(key, group);
    }
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { address, step, about }]) => ({
      address,
      step,
      count: about.length,
      total: totalOf(about),
      exceptionIds: [...about]
        .sort(byMoney)
        .slice(0, LISTED)
        .map(({ exceptionId }) => exceptionId),
    }));
}

function totalOf(about: readonly Told[]): Money | undefined {
  const [currency, ...others] = new Set(about.map(({ atStake }) => atStake.currency));
  if (currency === undefined || others.length > 0) return undefined;
  return { currency, minor: about.reduce((sum, { atStake }) => sum + atStake.minor, 0n) };
}

function byMoney(a: Told, b: Told): number {
  if (a.atStake.minor !== b.atStake.minor) return a.atStake.minor > b.atStake.minor ? -1 : 1;
  return a.exceptionId < b.exceptionId ? -1 : 1;
}
