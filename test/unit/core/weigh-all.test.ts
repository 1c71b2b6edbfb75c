import { describe, expect, it } from 'vitest';
import { straight } from '../../../src/core/pauses.ts';
import { eachCandidates, indexesOf } from '../../../src/core/score/candidates.ts';
import { compareExact } from '../../../src/core/score/compare-exact.ts';
import { intern } from '../../../src/core/score/comparer.ts';
import { judge, judgedAt } from '../../../src/core/score/decide.ts';
import { weighAll } from '../../../src/core/score/weigh-all.ts';

const CROWD = 200;
const THRESHOLDS = { auto: { probability: 0.9, marginBits: 6 }, suggest: { probability: 0.3 } };

/** One expected record of a plan that two hundred have, and one that shares a number with the last of them too. */
function crowded() {
  const sizes = { expected: 2, actual: CROWD };
  const numbers = Array.from({ length: CROWD }, (_, at) => `no ${at}`);
  const plan = (count: number) => new Array<string>(count).fill('monthly plan');
  const finder = {
    comparers: [
      compareExact(intern({ expected: plan(2), actual: plan(CROWD) })),
      compareExact(intern({ expected: [undefined, `no ${CROWD - 1}`], actual: numbers })),
    ],
    columns: {
      within: undefined,
      amount: { expected: new Float64Array(2), actual: new Float64Array(CROWD) },
      day: { expected: new Int32Array(2), actual: new Int32Array(CROWD) },
    },
    gates: { amount: undefined, days: undefined },
    sizes,
    apart: new Map(),
  };
  const learnt = finder.comparers.map(() => ({ matched: [0, 0.9, 0.1], random: [0, 0.1, 0.9] }));
  const scale = { comparers: finder.comparers, learnt, prior: -Math.log2(CROWD) };
  return (mostKept?: number) => {
    const weighed = straight(
      weighAll({
        sizes,
        each: (visit) => eachCandidates(finder, indexesOf(finder), { visit }),
        scale,
        ...(mostKept !== undefined && { mostKept }),
      }),
    );
    const { edges, tallies } = weighed;
    const judgement = straight(
      judge(edges, { tallies, thresholds: THRESHOLDS, mayAuto: () => true, repeated: () => 0 }),
    );
    return { weighed, all: [...edges.e.keys()].map((at) => judgedAt(judgement, at)) };
  };
}

describe('of a record that hundreds could belong to', () => {
  const weigh = crowded();
  const [whole, short] = [weigh(), weigh(0)];

  it('only the likeliest are kept, of equal ones the first', () => {
    expect(whole.weighed.edges.e.length).toBe(2 * CROWD);
    const [first, second] = [0, 1].map((e) => short.all.filter((pair) => pair.e === e).map(({ a }) => a));
    expect(first).toEqual(Array.from({ length: 50 }, (_, a) => a));
    expect(second).toEqual([...Array.from({ length: 49 }, (_, a) => a), CROWD - 1]);
  });

  it('what is kept is judged as if all were', () => {
    expect(short.weighed.compared).toBe(2 * CROWD);
    for (const { probability, ...pair } of short.all) {
      const { probability: ofAll, ...same } =
        whole.all.find(({ e, a }) => e === pair.e && a === pair.a) ?? {};
      expect(pair).toEqual(same);
      expect(probability).toBeCloseTo(ofAll ?? 0, 1);
    }
  });
});
