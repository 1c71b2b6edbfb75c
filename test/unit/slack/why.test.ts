import { expect, test } from 'vitest';
import { compareExact } from '../../../src/core/score/compare-exact.ts';
import { compareLag } from '../../../src/core/score/compare-lag.ts';
import { compareMoney } from '../../../src/core/score/compare-money.ts';
import { compareReference } from '../../../src/core/score/compare-reference.ts';
import { compareText } from '../../../src/core/score/compare-text.ts';
import { internTexts } from '../../../src/core/score/comparer.ts';
import { en } from '../../../src/slack/words/en.ts';

const NONE = { expected: [], actual: [] };
const NO_TEXTS = internTexts(NONE);

test('every level that a comparison gives has words', () => {
  const comparers = [
    compareExact(NO_TEXTS),
    compareLag({ expected: new Int32Array(0), actual: new Int32Array(0) }),
    compareMoney(NONE, { expected: new Float64Array(0), actual: new Float64Array(0) }),
    compareReference(NO_TEXTS),
    compareText(NO_TEXTS),
  ];
  const labels = new Set(comparers.flatMap((comparer) => comparer.labels));
  expect([...labels].sort()).toEqual(Object.keys(en.why.levels).sort());
});
