import type { Candidate, Document, Explanation, KeptApart, Weighing } from '../../src/core/explanation.ts';
import type { Outside } from '../../src/core/outside.ts';
import { SIDES } from '../../src/core/spec.ts';
import type { Unkeyed } from '../../src/core/unkeyed.ts';
import type { Fill } from './hostile-fill.ts';

const DAYS = ['2026-12-01', '0001-01-01', '9999-12-31'] as const;
const VERDICTS = ['suggested', 'ambiguous', 'below', 'competition', 'blocked'] as const;

export const documentIn = (fill: Fill): Document => ({
  recordId: fill.id(),
  side: fill.pick(SIDES),
  feed: fill.text(),
  sourceRef: fill.text(),
  amount: fill.yes() ? fill.money() : undefined,
  occurredOn: fill.pick(DAYS),
});

const outsideIn = (fill: Fill): Outside =>
  fill.pick<() => Outside>([
    () => ({ limit: 'amount', allowed: 0.1, is: fill.whole(1_000) / 1_000 }),
    () => ({ limit: 'currency', expected: fill.text(), actual: fill.text() }),
    () => ({ limit: 'days', from: -fill.whole(5), to: fill.whole(50), is: fill.whole(400) }),
    () => ({ limit: 'within', field: fill.text(), expected: fill.text(), actual: fill.text() }),
  ])();

const weighingIn = (fill: Fill): Weighing => ({
  prior: -fill.whole(20),
  weight: fill.whole(60) - 30,
  probability: fill.whole(1_001) / 1_000,
  margin: fill.whole(40) - 20,
  needed: { probability: 0.99, margin: 6 },
  parts: fill.many(12, () => ({
    field: fill.text(),
    label: fill.pick([() => 'same amount', () => 'constructor', fill.text])(),
    bits: fill.whole(30) - 15,
  })),
  blocked: fill.yes()
    ? { outside: fill.many(4, () => outsideIn(fill)), would: fill.pick(['auto', 'suggested']) }
    : undefined,
});

const candidateIn = (fill: Fill): Candidate => ({
  document: documentIn(fill),
  verdict: fill.pick(VERDICTS),
  pass: fill.text(),
  weighing: weighingIn(fill),
});

const refsIn = (fill: Fill): string[] => fill.many(12, fill.text);

const unkeyedIn = (fill: Fill): Unkeyed => {
  const pass = fill.text();
  const ref = fill.text();
  return fill.pick<() => Unkeyed>([
    () => ({ pass, why: fill.pick(['empty_key', 'nobody']), fields: refsIn(fill) }),
    () => ({ pass, why: 'other_currency', ref, own: fill.text(), other: fill.text() }),
    () => ({ pass, why: 'other_amount', ref, amount: fill.yes() ? fill.money() : undefined }),
    () => ({ pass, why: fill.pick(['removed', 'left_out', 'kept_apart', 'next_run']), ref }),
    () => ({ pass, why: 'later', ref, on: fill.pick(DAYS) }),
    () => ({ pass, why: 'taken', ref, with: refsIn(fill) }),
    () => ({ pass, why: 'too_far', ref, days: fill.whole(900), window: { from: 0, to: 45 } }),
    () => ({ pass, why: 'ambiguous_key', expected: fill.whole(9), actual: fill.whole(9), of: ref }),
    () => ({ pass, why: 'too_many', records: fill.whole(9_000), most: 500 }),
    () => ({ pass, why: 'beyond_tolerance', ref, tolerance: fill.text() }),
    () => ({ pass, why: 'no_set', from: fill.whole(17), most: 4 }),
    () => ({ pass, why: 'several_sets', sets: fill.many(5, () => refsIn(fill)) }),
    () => ({ pass, why: 'set_wanted', set: refsIn(fill) }),
    () => ({ pass, why: 'bound_exceeded', from: fill.whole(90), most: 16 }),
  ])();
};

const keptApartIn = (fill: Fill): KeptApart => ({
  kind: fill.pick(['never', 'unmatched']),
  own: documentIn(fill),
  other: documentIn(fill),
  byName: fill.text(),
  at: fill.instant(),
  note: fill.text(),
});

/** Why documents are matched or not, in the words of hostile sources. */
export const explanationIn = (fill: Fill): Explanation => ({
  paired: fill.yes()
    ? {
        pass: fill.text(),
        weighing: fill.yes() ? weighingIn(fill) : undefined,
        isSet: fill.yes(),
        fields: refsIn(fill),
        byHand: fill.yes() ? { name: fill.text(), at: fill.instant(), note: fill.maybe() } : undefined,
      }
    : undefined,
  areRepeats: fill.whole(5) === 0,
  isWeighed: fill.yes(),
  alone: fill.many(10, () => ({
    document: documentIn(fill),
    candidates: fill.many(3, () => candidateIn(fill)),
    keys: fill.yes() ? fill.many(8, () => unkeyedIn(fill)) : undefined,
    nearby: fill.many(5, () => documentIn(fill)),
  })),
  keptApart: fill.many(10, () => keptApartIn(fill)),
});

export const NOTHING_EXPLAINED: Explanation = {
  paired: undefined,
  areRepeats: false,
  isWeighed: false,
  alone: [],
  keptApart: [],
};
