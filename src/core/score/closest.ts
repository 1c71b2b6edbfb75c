import type { BlockedPair } from './blocked.ts';
import { type Judged, type Judgement, judgedAt, pairedOf } from './decide.ts';

/** Of a record that stayed alone, one of the pairs that came closest; rank 1 came closest. */
export type Close = {
  readonly pair: Judged | (BlockedPair & { readonly verdict: 'blocked' });
  readonly rank: number;
};

type Side = { readonly side: 'e' | 'a'; readonly size: number; readonly most: number };

/**
 * For every record of a side that the machine left alone, the pairs that came closest, at most so many each; told one by one, as they
 * are asked for.
 */
export function closestOf(
  judgement: Judgement,
  blocked: readonly BlockedPair[],
  of: Side,
): Iterable<Close> & { readonly count: number } {
  const { side, size, most } = of;
  const kept = closestInside(judgement, of);
  const outside = new Map<number, BlockedPair[]>();
  for (const pair of blocked) outside.set(pair[side], [...(outside.get(pair[side]) ?? []), pair]);
  const insideOf = (record: number): Int32Array => {
    const own = kept.subarray(record * most, (record + 1) * most);
    const end = own.indexOf(-1);
    return end < 0 ? own : own.subarray(0, end);
  };
  const beyondOf = (record: number): readonly BlockedPair[] => outside.get(record) ?? NOBODY;
  let count = 0;
  for (let record = 0; record < size; record += 1)
    count += Math.min(insideOf(record).length + beyondOf(record).length, most);
  return {
    count,
    *[Symbol.iterator]() {
      for (let record = 0; record < size; record += 1) {
        const inside = Array.from(insideOf(record), (at) => judgedAt(judgement, at));
        for (const [at, pair] of withBlocked(inside, beyondOf(record)).slice(0, most).entries())
          yield { pair, rank: at + 1 };
      }
    },
  };
}

/** The positions of the closest edges of each record that was left alone, `most` places each, of which -1 is none. */
function closestInside(judgement: Judgement, { side, size, most }: Side): Int32Array {
  const records = judgement.edges[side];
  const isGone = new Uint8Array(size);
  for (const at of pairedOf(judgement)) isGone[records[at] ?? 0] = 1;
  const kept = new Int32Array(size * most).fill(-1);
  for (let at = 0; at < records.length; at += 1) {
    const record = records[at] ?? 0;
    if (isGone[record] !== 1) insertByCloseness(judgement, { kept, from: record * most, most }, at);
  }
  return kept;
}

const NOBODY: readonly BlockedPair[] = [];

/** What the assignment chose comes first; then the heavier one; what is inside the limits before what is not. */
function withBlocked(inside: readonly Judged[], blocked: readonly BlockedPair[]): readonly Close['pair'][] {
  if (blocked.length === 0) return inside;
  const all = [...inside, ...blocked.map((pair) => ({ ...pair, verdict: 'blocked' as const }))];
  const isChosen = (pair: Close['pair']): number => Number('isChosen' in pair && pair.isChosen);
  return all.sort((one, other) => isChosen(other) - isChosen(one) || other.weight - one.weight);
}

/** Puts an edge among the closest of its record, which are in order; edges come in order, so an equal one stays behind. */
function insertByCloseness(
  judgement: Judgement,
  { kept, from, most }: { kept: Int32Array; from: number; most: number },
  edge: number,
): void {
  let moving = edge;
  for (let rank = from; rank < from + most && moving >= 0; rank += 1) {
    const there = kept[rank] ?? -1;
    // What was pushed down moves ahead of all behind it.
    if (moving === edge && there >= 0 && !isCloser(judgement, edge, there)) continue;
    kept[rank] = moving;
    moving = there;
  }
}

function isCloser({ isChosen, edges: { weight } }: Judgement, one: number, other: number): boolean {
  const chosen = (isChosen[one] ?? 0) - (isChosen[other] ?? 0);
  return chosen === 0 ? (weight[one] ?? 0) > (weight[other] ?? 0) : chosen > 0;
}
