import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPairs, NO_PAIRS, scoreOf } from '../../../src/core/pair-score.ts';

describe('how right pairs are', () => {
  it('counts wrong pairs against precision, missing ones against recall, and unknown ones against neither', () => {
    expect(scoreOf({ right: 3, wrong: 1, unknown: 100 }, 6)).toEqual({
      precision: 0.75,
      recall: 0.5,
      f1: 0.6,
    });
  });

  it('takes no share of nothing', () => {
    expect(scoreOf(NO_PAIRS, 0)).toEqual({ precision: undefined, recall: undefined, f1: undefined });
    expect(scoreOf(NO_PAIRS, 4)).toEqual({ precision: undefined, recall: 0, f1: 0 });
    expect(scoreOf({ right: 0, wrong: 2, unknown: 0 }, 0)).toEqual({
      precision: 0,
      recall: undefined,
      f1: 0,
    });
  });

  it('is the harmonic mean wherever both shares are there, and in whatever parts it is counted', () => {
    const count = fc.nat(1000);
    fc.assert(
      fc.property(
        fc.array(fc.record({ right: count, wrong: count, unknown: count })),
        count,
        (parts, missing) => {
          const all = parts.reduce(addPairs, NO_PAIRS);
          const { precision, recall, f1 } = scoreOf(all, all.right + missing);
          if (!precision || !recall) return;
          expect(f1).toBeCloseTo(2 / (1 / precision + 1 / recall), 9);
        },
      ),
    );
  });
});
