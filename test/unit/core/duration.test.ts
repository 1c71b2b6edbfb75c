import { expect, it } from 'vitest';
import { parseDays, parseDuration, parseSlaTerm } from '../../../src/core/duration.ts';

it.each([
  ['30s', 30_000],
  ['15m', 900_000],
  ['4h', 14_400_000],
  ['10d', 864_000_000],
  ['4 h', undefined],
  ['h', undefined],
  ['-4h', undefined],
  ['4H', undefined],
  ['1.5h', undefined],
  ['', undefined],
])('a duration %j is %s ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each([
  ['10d', 10],
  ['0d', 0],
  ['2bd', undefined],
  ['10', undefined],
])('%j is %s days', (text, days) => {
  expect(parseDays(text)).toBe(days);
});

it('a term is elapsed time or business days', () => {
  expect(parseSlaTerm('4h')).toEqual({ kind: 'elapsed', ms: 14_400_000, text: '4h' });
  expect(parseSlaTerm('2bd')).toEqual({ kind: 'business_days', days: 2, text: '2bd' });
  expect(parseSlaTerm('2 bd')).toBeUndefined();
});
