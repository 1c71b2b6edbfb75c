import { describe, expect, test } from 'vitest';
import { checkRun, matchRateOf } from '../../../src/core/run-checks.ts';

const BOTH = { matchRatePpm: 900_000, matchRateDropPpm: 50_000 };
const failing = (found: number, earlier: readonly number[]): string[] =>
  checkRun(BOTH, found, earlier).flatMap(({ name, holds }) => (holds ? [] : [name]));

describe('the share that is matched', () => {
  test.each([
    [{ due: 10, unmatched: 1 }, 900_000],
    [{ due: 3, unmatched: 1 }, 666_666],
    [{ due: 0, unmatched: 0 }, undefined],
  ])('of %o is %s', (due, share) => {
    expect(matchRateOf(due)).toBe(share);
  });
});

describe('checks of a run', () => {
  test('hold at exactly what is asked for', () => {
    expect(failing(900_000, [950_000])).toEqual([]);
  });

  test('fail below it, each on its own', () => {
    expect(failing(899_999, [900_000])).toEqual(['match_rate']);
    expect(failing(940_000, [1_000_000])).toEqual(['match_rate_drop']);
  });

  test('say nothing of a drop where there was no run before', () => {
    expect(checkRun(BOTH, 950_000, []).map(({ name }) => name)).toEqual(['match_rate']);
  });

  test('go by the median of the latest eight, so one odd night hides nothing', () => {
    const earlier = [500_000, ...Array.from({ length: 7 }, () => 1_000_000), 0, 0, 0, 0, 0, 0, 0, 0];
    expect(failing(940_000, earlier)).toEqual(['match_rate_drop']);
  });

  test('say nothing where nothing is due, or nothing is asked for', () => {
    expect(checkRun(BOTH, undefined, [1_000_000])).toEqual([]);
    expect(checkRun(undefined, 0, [1_000_000])).toEqual([]);
  });
});
