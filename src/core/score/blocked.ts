import type { FieldIndex, Finder } from './candidates.ts';
import { indexesOf, passesGates } from './candidates.ts';
import { type Judgement, type Thresholds, verdictOf, WEIGHT_FLOOR, withoutRepeated } from './decide.ts';
import { sliceOf } from './key-index.ts';
import { bestWeight, type Tallies } from './tallies.ts';

/** A pair that the limits kept from being looked at, and what it would have been. */
export type BlockedPair = {
  readonly e: number;
  readonly a: number;
  readonly weight: number;
  readonly probability: number;
  readonly margin: number;
  /** What it would be, were it within the limits. */
  readonly would: 'auto' | 'suggested';
};

/** A key that so many records share finds nobody in particular. */
const RARE = 50;

export type Blocking = {
  readonly finder: Finder;
  readonly judgement: Judgement;
  readonly tallies: Tallies;
  readonly thresholds: Thresholds;
  readonly isAlone: { readonly expected: Uint8Array; readonly actual: Uint8Array };
  readonly weigh: (e: number, a: number) => number;
  readonly mayAuto: (e: number, a: number) => boolean;
  readonly repeated: (e: number, a: number) => number;
};

/**
 * Pairs of records left alone that stand outside the limits and would be proposed inside them, ordered by expected, then
 * actual record. Found by rare keys only: who shares one with many is nobody's in particular.
 */
export function findBlocked({
  finder,
  judgement,
  tallies: { rivals },
  thresholds,
  isAlone,
  weigh,
  mayAuto,
  repeated,
}: Blocking): BlockedPair[] {
  // Without the fields that must be equal: those are limits too.
  const open = { ...finder, columns: { ...finder.columns, within: undefined } };
  const indexes = indexesOf(open, (a) => isAlone.actual[a] === 1);
  const blocked: BlockedPair[] = [];
  for (let e = 0; e < finder.sizes.expected; e += 1) {
    if (isAlone.expected[e] !== 1) continue;
    for (const a of sharing(indexes, e)) {
      if (finder.apart.get(e)?.has(a) || passesGates(finder, e, a)) continue;
      const weight = weigh(e, a);
      const likelihood = Math.max(judgement.partnered.expected, judgement.partnered.actual) * 2 ** weight;
      const others = (judgement.sums.expected[e] ?? 1) * (judgement.sums.actual[a] ?? 1);
      const probability = withoutRepeated(likelihood / (others + likelihood), {
        bits: () => repeated(e, a),
        thresholds,
      });
      const rival = Math.max(WEIGHT_FLOOR, bestWeight(rivals.expected, e), bestWeight(rivals.actual, a));
      const margin = weight - rival;
      const would = verdictOf({ probability, margin, isChosen: true, mayAuto: mayAuto(e, a) }, thresholds);
      if (would !== 'auto' && would !== 'suggested') continue;
      blocked.push({ e, a, weight, probability, margin, would });
    }
  }
  // Of two that could be, neither would be taken by itself.
  const times = { e: timesOf(blocked.map(({ e }) => e)), a: timesOf(blocked.map(({ a }) => a)) };
  return blocked.map((pair) =>
    times.e.get(pair.e) === 1 && times.a.get(pair.a) === 1 ? pair : { ...pair, would: 'suggested' },
  );
}

function timesOf(records: readonly number[]): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const record of records) times.set(record, (times.get(record) ?? 0) + 1);
  return times;
}

/** Who shares a rare key with the record, once each, in order. */
function sharing(indexes: readonly FieldIndex[], e: number): readonly number[] {
  const found: number[] = [];
  for (const { index } of indexes) {
    const { expected, starts, numbers } = index.keys;
    const value = expected[e] ?? -1;
    if (value < 0) continue;
    const end = starts[value + 1] ?? 0;
    for (let key = starts[value] ?? 0; key < end; key += 1) {
      const { from, to } = sliceOf(index, numbers[key] ?? 0, 0);
      if (to - from <= RARE) for (let at = from; at < to; at += 1) found.push(index.records[at] ?? 0);
    }
  }
  return found.length < 2 ? found : [...new Set(found)].sort((one, other) => one - other);
}
