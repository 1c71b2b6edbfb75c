import { dayNumber } from './expression/day.ts';
import type { FreeRecord } from './match.ts';

/** Days since the epoch; of many records few days are different ones. */
export function daysOf(records: readonly FreeRecord[]): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(records, ({ occurredOn }) => {
    const seen = known.get(occurredOn);
    if (seen !== undefined) return seen;
    const day = dayNumber(occurredOn) ?? 0;
    known.set(occurredOn, day);
    return day;
  });
}

/** Minor units as doubles. */
export const sizesOf = (records: readonly FreeRecord[]): Float64Array =>
  Float64Array.from(records, ({ amountMinor }) => Number(amountMinor ?? 0n));
