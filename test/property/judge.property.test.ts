import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { straight } from '../../src/core/pauses.ts';
import { assign } from '../../src/core/score/assign.ts';
import { bothAlone } from '../../src/core/score/belief.ts';
import { type Edges, judge, judgedAt, pairedOf, type Thresholds } from '../../src/core/score/decide.ts';
import { tallier } from '../../src/core/score/tallies.ts';

const SIZE = 6;
const THRESHOLDS: Thresholds = {
  auto: { probability: 0.9, marginBits: 6 },
  suggest: { probability: 0.3 },
};

const weighed = fc
  .uniqueArray(
    fc.record({
      e: fc.nat(SIZE - 1),
      a: fc.nat(SIZE - 1),
      weight: fc.integer({ min: -44, max: 80 }).map((quarters) => quarters / 4),
    }),
    { selector: ({ e, a }) => e * SIZE + a, maxLength: 20 },
  )
  .map((pairs) => pairs.sort((one, other) => one.e - other.e || one.a - other.a));

const edgesOf = (pairs: readonly { e: number; a: number; weight: number }[]): Edges => ({
  e: Int32Array.from(pairs, ({ e }) => e),
  a: Int32Array.from(pairs, ({ a }) => a),
  weight: Float64Array.from(pairs, ({ weight }) => weight),
});

type Weighed = { e: number; a: number; weight: number };

const judged = (pairs: readonly Weighed[], { mayAuto = true, repeated = 0 } = {}) => {
  const { tallies, count } = tallier({ expected: SIZE, actual: SIZE });
  for (const { e, a, weight } of pairs) count(e, a, weight);
  const judgement = straight(
    judge(edgesOf(pairs), {
      tallies,
      thresholds: THRESHOLDS,
      mayAuto: () => mayAuto,
      repeated: () => repeated,
    }),
  );
  return { judgement, all: pairs.map((_, at) => judgedAt(judgement, at)) };
};

describe('a judgement', () => {
  it('shares one certainty among the candidates of a record and its standing alone', () => {
    fc.assert(
      fc.property(weighed, (pairs) => {
        const { all } = judged(pairs);
        for (const side of ['e', 'a'] as const) {
          for (let record = 0; record < SIZE; record += 1) {
            const own = all.filter((pair) => pair[side] === record);
            expect(own.reduce((sum, { probability }) => sum + probability, 0)).toBeLessThanOrEqual(1 + 1e-9);
          }
        }
      }),
    );
  });

  it('puts every pair ahead of its best rival by exactly the difference of their weights', () => {
    fc.assert(
      fc.property(weighed, (pairs) => {
        for (const [at, { e, a, weight, margin }] of judged(pairs).all.entries()) {
          const rivals = pairs.filter((pair, other) => other !== at && (pair.e === e || pair.a === a));
          expect(margin).toBeCloseTo(weight - Math.max(-12, ...rivals.map((pair) => pair.weight)), 9);
        }
      }),
    );
  });

  it('chooses what an assignment of all pairs takes that are worth more than standing alone', () => {
    fc.assert(
      fc.property(weighed, (pairs) => {
        const { judgement, all } = judged(pairs);
        const alone = Math.log2(bothAlone(judgement.partnered));
        const worth = pairs.map(({ e, a, weight }) => ({ e, a, gain: weight - alone }));
        const wanted = assign(worth.filter(({ gain }) => gain > 0)).pairs.map(({ e, a }) => ({ e, a }));
        expect(all.filter(({ isChosen }) => isChosen).map(({ e, a }) => ({ e, a }))).toEqual(wanted);
      }),
    );
  });

  it('lets a machine take only what is likely and far ahead, and no record twice', () => {
    fc.assert(
      fc.property(weighed, (pairs) => {
        const { judgement, all } = judged(pairs);
        const taken = pairedOf(judgement).map((at) => all[at]);
        for (const pair of taken) {
          expect(pair?.probability).toBeGreaterThanOrEqual(THRESHOLDS.auto.probability);
          expect(pair?.margin).toBeGreaterThanOrEqual(THRESHOLDS.auto.marginBits);
        }
        expect(new Set(taken.map((pair) => pair?.e)).size).toBe(taken.length);
        expect(new Set(taken.map((pair) => pair?.a)).size).toBe(taken.length);
        expect(pairedOf(judged(pairs, { mayAuto: false }).judgement)).toEqual([]);
      }),
    );
  });

  it('is what all ways of pairing say where nothing goes round in circles', () => {
    fc.assert(
      fc.property(chains, (pairs) => {
        const { judgement, all } = judged(pairs);
        const { expected, actual } = judgement.partnered;
        const prior = Math.max(expected, actual);
        const worthOf = (taken: readonly Weighed[]): number =>
          taken.reduce(
            (worth, { weight }) => (worth * prior * 2 ** weight) / ((1 - expected) * (1 - actual)),
            1,
          );
        const ways = waysToPair(pairs);
        const total = ways.reduce((sum, taken) => sum + worthOf(taken), 0);
        for (const [at, { probability }] of all.entries()) {
          const own = ways.filter((taken) => taken.includes(pairs[at] as Weighed));
          expect(probability).toBeCloseTo(own.reduce((sum, taken) => sum + worthOf(taken), 0) / total, 2);
        }
      }),
    );
  });

  it('lets a machine take only what is likely without what its fields say twice, and proposes the rest as before', () => {
    fc.assert(
      fc.property(weighed, fc.integer({ min: 0, max: 20 }), (pairs, repeated) => {
        const whole = judged(pairs).all;
        for (const [at, pair] of judged(pairs, { repeated }).all.entries()) {
          const before = whole[at];
          if (pair.verdict === before?.verdict) continue;
          expect([before?.verdict, pair.verdict]).toEqual(['auto', 'suggested']);
          const odds = (before?.probability ?? 0) / (1 - (before?.probability ?? 0));
          expect(odds / 2 ** repeated).toBeLessThan(
            THRESHOLDS.auto.probability / (1 - THRESHOLDS.auto.probability),
          );
        }
      }),
    );
  });
});

/** Records one after the other, each a candidate of the next: e0 a0 e1 a1 and so on. */
const chains = fc
  .array(
    fc.integer({ min: -24, max: 24 }).map((quarters) => quarters / 4),
    { minLength: 1, maxLength: 6 },
  )
  .map((weights): readonly Weighed[] =>
    weights
      .map((weight, at) => ({ e: Math.ceil(at / 2), a: Math.floor(at / 2), weight }))
      .sort((one, other) => one.e - other.e || one.a - other.a),
  );

/** Every set of pairs in which no record stands twice. */
function waysToPair(pairs: readonly Weighed[]): readonly (readonly Weighed[])[] {
  const [first, ...rest] = pairs;
  if (!first) return [[]];
  const without = waysToPair(rest);
  const free = without.filter((taken) => taken.every(({ e, a }) => e !== first.e && a !== first.a));
  return [...without, ...free.map((taken) => [first, ...taken])];
}
