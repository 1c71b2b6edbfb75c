import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, type Edge, exactly, greedily } from '../../src/core/score/assign.ts';

const edges = fc.uniqueArray(
  fc.record({
    e: fc.integer({ min: 0, max: 5 }),
    a: fc.integer({ min: 0, max: 5 }),
    gain: fc.integer({ min: 1, max: 40 }).map((quarters) => quarters / 4),
  }),
  { selector: ({ e, a }) => `${e} ${a}`, maxLength: 14 },
);

const total = (pairs: readonly Edge[]): number => pairs.reduce((sum, { gain }) => sum + gain, 0);

/** The best total there is, by trying everything. */
function bestTotal(left: readonly Edge[]): number {
  const [first, ...others] = left;
  if (!first) return 0;
  const free = others.filter(({ e, a }) => e !== first.e && a !== first.a);
  return Math.max(bestTotal(others), first.gain + bestTotal(free));
}

const isOneToOne = (pairs: readonly Edge[]): boolean =>
  new Set(pairs.map(({ e }) => e)).size === pairs.length &&
  new Set(pairs.map(({ a }) => a)).size === pairs.length;

describe('assignment', () => {
  it('reaches the best total that trying everything reaches, one partner each', () => {
    fc.assert(
      fc.property(edges, (given) => {
        const { pairs } = assign(given);
        expect(isOneToOne(pairs)).toBe(true);
        expect(total(pairs)).toBe(bestTotal(given));
        expect(total(exactly(given))).toBe(bestTotal(given));
      }),
      { numRuns: 300 },
    );
  });

  it('greedily reaches at least half of the best, one partner each, and leaves no free pair', () => {
    fc.assert(
      fc.property(edges, (given) => {
        const { pairs, greedyComponents } = assign(given, 0);
        expect(pairs).toEqual(expect.arrayContaining(greedily(given)));
        expect(isOneToOne(pairs)).toBe(true);
        expect(total(pairs) * 2).toBeGreaterThanOrEqual(bestTotal(given));
        expect(given.every((edge) => pairs.some(({ e, a }) => e === edge.e || a === edge.a))).toBe(true);
        expect(greedyComponents === 0).toBe(new Set(pairs.map(({ e }) => e)).size === given.length);
      }),
    );
  });

  it('does not depend on the order of the edges', () => {
    fc.assert(
      fc.property(
        edges.chain((given) =>
          fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
        ),
        ([given, shuffled]) => {
          expect(assign(shuffled)).toEqual(assign(given));
          expect(assign(shuffled, 0)).toEqual(assign(given, 0));
        },
      ),
    );
  });
});
