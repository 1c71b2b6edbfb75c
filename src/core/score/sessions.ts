import { band, type FieldIndex, type Finder, passesGates } from './candidates.ts';
import { IntList } from './int-list.ts';
import { firstFrom, type KeyIndex, type Slice, sliceOf } from './key-index.ts';
import type { Pairs, Session } from './learn.ts';
import { repeatableRandom } from './random.ts';

const SESSION_PAIRS = 400_000;
/**
 * So many pairs of one record and key are learnt from: a round amount that hundreds share would drown what rare keys show.
 * Measured 2026-11-29 on 4,000 invoices and bank memos: with all pairs 22 % of what belongs together seemed to have its
 * number in the memo, and 60 % had.
 */
const LEARNT_PER_KEY = 10;
/** So many of a common key's records are looked at for those. */
const LOOKED_AT = 400;

/**
 * Pairs to learn from, a session per field that finds any: of each record at most ten that share its key and pass the gates.
 * What the gates keep apart never belongs together, and taught otherwise: among all orders of one product, those a month and
 * half a price away looked more alike than an order and its invoice (2026-11-30).
 */
export function findSessions(finder: Finder, indexes: readonly FieldIndex[]): Session[] {
  const { expected } = finder.sizes;
  const share = SESSION_PAIRS / (LEARNT_PER_KEY * Math.max(expected, 1));
  return indexes.map(({ field, index }) => {
    const random = repeatableRandom(1977 + field);
    const pairs = { e: new IntList(), a: new IntList() };
    for (let e = 0; e < expected; e += 1) {
      if (share < 1 && random() >= share) continue;
      const found = sampleOf(finder, { index, e, random });
      const taken = LEARNT_PER_KEY / found.length;
      for (let at = 0; at < found.length; at += 1) {
        if (taken < 1 && random() >= taken) continue;
        pairs.e.push(e);
        pairs.a.push(found[at] ?? 0);
      }
    }
    return { by: field, e: pairs.e.toArray(), a: pairs.a.toArray() };
  });
}

/** Who shares the first key of a record and passes the gates; of very many, those among some hundred picked evenly. */
function sampleOf(
  finder: Finder,
  { index, e, random }: { index: KeyIndex; e: number; random: () => number },
): number[] {
  const { from, to } = nearAmount(finder, index, e);
  const step = Math.max((to - from) / LOOKED_AT, 1);
  const found: number[] = [];
  for (let at = from; at < to; at += step) {
    const place = step === 1 ? at : Math.min(Math.floor(at + random() * step), to - 1);
    const a = index.records[place] ?? 0;
    if (passesGates(finder, e, a)) found.push(a);
  }
  return found;
}

/** Of who shares the first key of a record, those whose amounts may be a pair with its own. */
function nearAmount(finder: Finder, index: KeyIndex, e: number): Slice {
  const { columns, gates } = finder;
  const slice = firstSliceOf(finder, index, e);
  const [low, high] = band(columns.amount.expected[e] ?? 0, gates.amount);
  const from = firstFrom(index.amounts, slice, low);
  if (high === Number.POSITIVE_INFINITY) return { from, to: slice.to };
  // Amounts are whole.
  return { from, to: firstFrom(index.amounts, { from, to: slice.to }, Math.floor(high) + 1) };
}

/** Who shares the first key of a record. */
function firstSliceOf({ columns }: Finder, index: KeyIndex, e: number): Slice {
  const { expected, starts, numbers } = index.keys;
  const value = expected[e] ?? -1;
  const from = starts[value] ?? 0;
  if (value < 0 || from === starts[value + 1]) return NOBODY;
  return sliceOf(index, numbers[from] ?? 0, columns.within?.expected[e] ?? 0);
}

const NOBODY: Slice = { from: 0, to: 0 };

/** How those of `any` two records that pass the gates spread over the levels of each field, as far as the gates let them show one. */
export function insideLimits(
  finder: Finder,
  { random, any }: { random: readonly (readonly number[])[]; any: Pairs },
): readonly (readonly number[])[] {
  const { amount, days } = finder.gates;
  const shares = {
    amount: amount === undefined ? 1 : shareWithin(finder, { amount, days: undefined }, any),
    days: days === undefined ? 1 : shareWithin(finder, { amount: undefined, days }, any),
  };
  return random.map((levels, field) => {
    const limit = finder.comparers[field]?.limitedBy;
    return limit ? levels.map((share) => share / shares[limit]) : levels;
  });
}

/** What share of any two records pass gates. */
function shareWithin(finder: Finder, gates: Finder['gates'], { e, a }: Pairs): number {
  const open = { ...finder, gates, columns: { ...finder.columns, within: undefined } };
  let passing = 1;
  for (let at = 0; at < e.length; at += 1) if (passesGates(open, e[at] ?? 0, a[at] ?? 0)) passing += 1;
  return passing / (e.length + 1);
}
