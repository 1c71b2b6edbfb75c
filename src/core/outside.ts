import { dayNumber } from './expression/day.ts';
import type { FreeRecord } from './match.ts';
import { ownField } from './match-key.ts';
import type { SimilarPass } from './spec.ts';

/** A limit of a similar pass that a pair is outside of, with what is allowed and what is. */
export type Outside =
  /** Shares of the larger amount. */
  | { readonly limit: 'amount'; readonly allowed: number; readonly is: number }
  | { readonly limit: 'currency'; readonly expected: string; readonly actual: string }
  /** Days from the expected to the actual record. */
  | { readonly limit: 'days'; readonly from: number; readonly to: number; readonly is: number }
  | { readonly limit: 'within'; readonly field: string; readonly expected: string; readonly actual: string };

const MILLION = 1_000_000;

/** Which limits of the pass two records are outside of; none where they may be compared. */
export const outsideOf = (
  { within, gates }: SimilarPass,
  expected: FreeRecord,
  actual: FreeRecord,
): Outside[] => [
  ...within.expected.flatMap((field, at) => {
    const other = within.actual[at] ?? field;
    const [one, two] = [ownField(expected, field) ?? '', ownField(actual, other) ?? ''];
    const named = field === other ? field : `${field} = ${other}`;
    return one === two && one !== ''
      ? []
      : [{ limit: 'within', field: named, expected: one, actual: two } as const];
  }),
  ...amountOutside(gates.amountPpm, expected, actual),
  ...daysOutside(gates.days, expected, actual),
];

function amountOutside(
  allowedPpm: number | undefined,
  { amountMinor: expected, currency }: FreeRecord,
  { amountMinor: actual, currency: other }: FreeRecord,
): Outside[] {
  if (allowedPpm === undefined || expected === undefined || actual === undefined) return [];
  if (currency !== other) {
    return [{ limit: 'currency', expected: currency ?? '', actual: other ?? '' }];
  }
  const [one, two] = [Number(expected), Number(actual)];
  const is = one === two ? 0 : Math.abs(one - two) / Math.max(Math.abs(one), Math.abs(two));
  const allowed = allowedPpm / MILLION;
  return is > allowed ? [{ limit: 'amount', allowed, is }] : [];
}

function daysOutside(
  days: SimilarPass['gates']['days'],
  { occurredOn: expected }: FreeRecord,
  { occurredOn: actual }: FreeRecord,
): Outside[] {
  if (days === undefined) return [];
  const is = (dayNumber(actual) ?? 0) - (dayNumber(expected) ?? 0);
  return is < days.from || is > days.to ? [{ limit: 'days', from: days.from, to: days.to, is }] : [];
}
