import type { Pausing } from '../pauses.ts';
import type { FieldIndex, Finder } from './candidates.ts';
import type { Comparer } from './comparer.ts';
import { IntList } from './int-list.ts';
import { sliceOf } from './key-index.ts';
import { type Learnt, type Pairs, speaksFor } from './learn.ts';
import { repeatableRandom } from './random.ts';

/**
 * How often records that do not belong together agree in a field because they agree in another one, `by`, already: who works for the
 * same client has the same rate, and one product has one price. By the level of the field; nothing on top of chance is 0.
 */
export type Shared = { readonly by: number; readonly chance: readonly number[] };

/** So many pairs that share a key of a field are looked at, at most so many of one record. */
const PAIRS = 60_000;
const PER_RECORD = 5;
/** So many pairs' worth of chance alone is mixed in: few observations must not pass for knowledge. */
const USUAL_WEIGHT = 20;
/** What two fields say alike is left out from here on, by what it adds to the weight of records that belong together. */
const LEAST_BITS = 0.5;

/**
 * What each field says again that an earlier one has said: with the one that takes most away, names and references before amounts,
 * these before days. Learnt from pairs that share a key, inside and outside the limits, but for those that probably belong together.
 *
 * Source: dependence trees (Chow and Liu 1968), with the trunk in the order of the fields.
 */
export function* learnOverlap(
  finder: Finder,
  indexes: readonly FieldIndex[],
  { learnt, isTogether }: { learnt: readonly Learnt[]; isTogether: (e: number, a: number) => boolean },
): Pausing<Learnt[]> {
  const { comparers } = finder;
  const order = comparers
    .map((_, field) => field)
    .sort((one, other) => rankOf(comparers[one]) - rankOf(comparers[other]));
  const most = new Map<number, { readonly bits: number; readonly shared: Shared }>();
  for (const [at, by] of order.entries()) {
    const index = indexes.find(({ field }) => field === by);
    const later = order.slice(at + 1);
    if (!index || later.length === 0) continue;
    const seen = othersThatAgree(finder, index, { learnt, isTogether });
    yield;
    for (const field of later) {
      const chance = chanceShared(comparers[field], learnt[field], seen);
      const bits = bitsLost(learnt[field], chance);
      if (bits >= Math.max(LEAST_BITS, most.get(field)?.bits ?? 0))
        most.set(field, { bits, shared: { by, chance } });
    }
  }
  return learnt.map(({ matched, random }, field) => ({ matched, random, shared: most.get(field)?.shared }));
}

const rankOf = (comparer: Comparer | undefined): number => {
  if (comparer?.isIdentity) return 0;
  return comparer?.limitedBy === 'amount' ? 1 : 2;
};

/** Pairs that agree in a field and do not belong together, and what each counts. */
type Others = Pairs & { readonly weight: Float64Array };

/** Such pairs, of each level of agreement as many as belong together show it. */
function othersThatAgree(
  finder: Finder,
  { field, index }: FieldIndex,
  { learnt, isTogether }: { learnt: readonly Learnt[]; isTogether: (e: number, a: number) => boolean },
): Others {
  const comparer = finder.comparers[field];
  const own = learnt[field];
  const found = { e: new IntList(), a: new IntList(), level: new IntList() };
  const counts = new Float64Array(own?.matched.length ?? 0);
  eachSharing(finder, { field, index }, (e, a) => {
    const level = comparer?.levelOf(e, a) ?? 0;
    if (!speaksFor(own, level) || isTogether(e, a)) return;
    found.e.push(e);
    found.a.push(a);
    found.level.push(level);
    counts[level] = (counts[level] ?? 0) + 1;
  });
  const level = found.level.toArray();
  const matched = counts.map((count, at) => (count > 0 ? (own?.matched[at] ?? 0) : 0));
  const all = matched.reduce((sum, share) => sum + share, 0);
  const each = counts.map((count, at) =>
    count > 0 ? ((matched[at] ?? 0) / all) * (level.length / count) : 0,
  );
  return {
    e: found.e.toArray(),
    a: found.a.toArray(),
    weight: Float64Array.from(level, (at) => each[at] ?? 0),
  };
}

/** Names pairs that share the first key of a field, whatever the limits say; of very many, some picked evenly. */
function eachSharing(
  finder: Finder,
  { field, index }: FieldIndex,
  visit: (e: number, a: number) => void,
): void {
  const { expected, starts, numbers } = index.keys;
  const random = repeatableRandom(1968 + field);
  const share = PAIRS / (PER_RECORD * Math.max(finder.sizes.expected, 1));
  for (let e = 0; e < finder.sizes.expected; e += 1) {
    if (share < 1 && random() >= share) continue;
    const value = expected[e] ?? -1;
    const key = starts[value] ?? 0;
    if (value < 0 || key === starts[value + 1]) continue;
    const { from, to } = sliceOf(index, numbers[key] ?? 0, 0);
    const step = Math.max((to - from) / PER_RECORD, 1);
    for (let at = from; at < to; at += step) {
      const place = step === 1 ? at : Math.min(Math.floor(at + random() * step), to - 1);
      visit(e, index.records[place] ?? 0);
    }
  }
}

/** By level, how often they show it beyond what chance explains. */
function chanceShared(
  comparer: Comparer | undefined,
  own: Learnt | undefined,
  { e, a, weight }: Others,
): number[] {
  const levels = own?.random.length ?? 0;
  const counts = new Float64Array(levels);
  let seen = 0;
  let sameByChance = 0;
  for (let at = 0; at < e.length; at += 1) {
    const [one, other] = [e[at] ?? 0, a[at] ?? 0];
    const level = comparer?.levelOf(one, other) ?? 0;
    if (level === 0) continue;
    const count = weight[at] ?? 0;
    counts[level] = (counts[level] ?? 0) + count;
    sameByChance += count * (comparer?.chanceOfSame?.(one) ?? own?.random[1] ?? 0);
    seen += count;
  }
  return Array.from(counts, (count, level) => {
    if (level === 0 || seen === 0) return 0;
    const byChance = level === 1 ? sameByChance / seen : (own?.random[level] ?? 0);
    const share = (count + USUAL_WEIGHT * byChance) / (seen + USUAL_WEIGHT);
    return Math.max((share - byChance) / (1 - byChance), 0);
  });
}

/** How many bits that takes from the weight of records that belong together. */
const bitsLost = (own: Learnt | undefined, chance: readonly number[]): number =>
  chance.reduce((sum, shared, level) => {
    const random = own?.random[level] ?? 1;
    return level === 0
      ? sum
      : sum + (own?.matched[level] ?? 0) * Math.log2((shared + (1 - shared) * random) / random);
  }, 0);
