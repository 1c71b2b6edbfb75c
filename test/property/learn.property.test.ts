import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Comparer } from '../../src/core/score/comparer.ts';
import {
  anyPairs,
  type Belief,
  improve,
  type Lesson,
  learnMatched,
  learnRandom,
} from '../../src/core/score/learn.ts';
import { repeatableRandom } from '../../src/core/score/random.ts';

/** How much of the usual spread is mixed in, as learning does. */
const USUAL_WEIGHT = 8;
const LEVELS = 3;

const spread = fc
  .array(fc.integer({ min: 1, max: 99 }), { minLength: LEVELS, maxLength: LEVELS })
  .map((parts) => {
    const total = parts.reduce((sum, part) => sum + part, 0);
    return [0, ...parts.map((part) => part / total)];
  });

const lesson: fc.Arbitrary<Lesson> = fc.integer({ min: 1, max: 3 }).chain((fields) =>
  fc.record({
    usual: fc.array(spread, { minLength: fields, maxLength: fields }),
    random: fc.array(spread, { minLength: fields, maxLength: fields }),
    patterns: fc.array(
      fc.record({
        levels: fc.array(fc.integer({ min: 0, max: LEVELS }), { minLength: fields, maxLength: fields }),
        count: fc.integer({ min: 1, max: 500 }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  }),
);

/** The textbook's: how well a belief explains the pairs, with the usual spread as that many pairs seen before. */
function explains({ usual, random, patterns }: Lesson, { share, matched }: Belief): number {
  const product = (levels: readonly number[], shares: readonly (readonly number[])[]): number =>
    levels.reduce((all, level, at) => (level === 0 ? all : all * (shares[at]?.[level] ?? 0)), 1);
  const pairs = patterns.reduce(
    (sum, { levels, count }) =>
      sum + count * Math.log(share * product(levels, matched) + (1 - share) * product(levels, random)),
    0,
  );
  const before = usual.reduce(
    (sum, levels, at) =>
      sum +
      levels.reduce(
        (all, part, level) =>
          level === 0 ? all : all + USUAL_WEIGHT * part * Math.log(matched[at]?.[level] ?? 0),
        0,
      ),
    0,
  );
  return pairs + before;
}

describe('expectation and maximisation', () => {
  it('explains what pairs show better with every round, or as well', () => {
    fc.assert(
      fc.property(lesson, spread, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (given, first, share) => {
        let belief: Belief = { share, matched: given.usual.map(() => first) };
        for (let round = 0; round < 12; round += 1) {
          const next = improve(given, belief);
          const before = explains(given, belief);
          expect(explains(given, next)).toBeGreaterThanOrEqual(before - 1e-6 * Math.max(1, Math.abs(before)));
          for (const levels of next.matched) {
            expect(levels.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 9);
          }
          belief = next;
        }
      }),
    );
  });

  it('does not depend on the order of what pairs show', () => {
    fc.assert(
      fc.property(lesson, fc.nat(), (given, seed) => {
        const turned = seed % given.patterns.length;
        const patterns = [...given.patterns.slice(turned), ...given.patterns.slice(0, turned)].reverse();
        const belief = { share: 0.1, matched: given.usual };
        const [one, other] = [improve(given, belief), improve({ ...given, patterns }, belief)];
        expect(other.share).toBeCloseTo(one.share, 9);
        for (const [at, levels] of one.matched.entries()) {
          for (const [level, part] of levels.entries())
            expect(other.matched[at]?.[level]).toBeCloseTo(part, 9);
        }
      }),
    );
  });
});

/** A field whose level of a pair is written down. */
const fieldOf = (levelOf: Comparer['levelOf']): Comparer => ({
  labels: ['none', 'same', 'other'],
  usual: { matched: [0, 0.8, 0.2], random: [0, 0.2, 0.8] },
  levelOf,
  chanceOf: () => undefined,
  keys: undefined,
  isIdentity: false,
});

describe('learning from pairs', () => {
  const levels = fc.array(fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: 40 });

  it('says exactly the same in whatever order the pairs come', () => {
    fc.assert(
      fc.property(
        levels.chain((given) =>
          fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray(
              given.map((_, at) => at),
              { minLength: given.length },
            ),
          ),
        ),
        ([given, order]) => {
          const comparers = [0, 1, 2].map((field) => fieldOf((e) => given[e]?.[field] ?? 0));
          const random = comparers.map(({ usual }) => usual.random);
          const learnt = (pairs: readonly number[]) => {
            const at = Int32Array.from(pairs);
            return learnMatched(comparers, random, [
              { by: 0, e: at, a: at },
              { by: 1, e: at, a: at },
            ]);
          };
          expect(learnt(order)).toEqual(learnt(given.map((_, at) => at)));
        },
      ),
    );
  });

  it('finds again what was hidden in the pairs: how often those that belong together agree', () => {
    const size = 4_000;
    const dice = repeatableRandom(7);
    // Every third pair belongs together and agrees nine times in ten; any two others once in ten.
    const agrees = Array.from({ length: size }, (_, at) => {
      const often = at % 3 === 0 ? 0.9 : 0.1;
      return [dice() < often, dice() < often, dice() < often];
    });
    const comparers = [0, 1, 2].map((field) =>
      fieldOf((e, a) => {
        if (e !== a) return (e * 31 + a * 17) % 10 === 0 ? 1 : 2;
        return agrees[e]?.[field] ? 1 : 2;
      }),
    );
    const random = learnRandom(comparers, anyPairs({ expected: 500, actual: 500 }));
    const at = Int32Array.from({ length: size }, (_, index) => index);
    const learnt = learnMatched(comparers, random, [{ by: 9, e: at, a: at }]);
    for (const [field, matched] of learnt.entries()) {
      expect(random[field]?.[1]).toBeCloseTo(0.1, 1);
      expect(matched[1]).toBeGreaterThan(0.85);
      expect(matched[1]).toBeLessThan(0.95);
    }
  });
});
