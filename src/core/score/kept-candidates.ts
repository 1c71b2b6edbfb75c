import type { Pausing } from '../pauses.ts';
import { IntList } from './int-list.ts';

/**
 * Says of each expected record, in their order, which actual ones it is compared with, in an array that is written over after it.
 * Returns of how many expected records not all were named who share their keys.
 */
export type EachCandidates = (visit: (e: number, actual: Int32Array) => void) => Pausing<number>;

/** So many are kept, in 32 MB. */
const MOST_KEPT = 8_000_000;
/** So many records between two pauses. */
const UNTIL_PAUSE = 64;

/**
 * The same candidates each time, looked for once: looking for them takes longer than weighing them. Where there are more than may be
 * kept, they are looked for again.
 */
export function keptCandidates(look: EachCandidates, most = MOST_KEPT): EachCandidates {
  let again: EachCandidates | undefined;
  return function* (visit) {
    if (again) return yield* again(visit);
    const kept = { actual: new IntList(), ends: new IntList() };
    let isKept = true;
    const capped = yield* look((e, actual) => {
      visit(e, actual);
      isKept &&= kept.actual.length + actual.length <= most;
      if (!isKept) return;
      for (let at = 0; at < actual.length; at += 1) kept.actual.push(actual[at] ?? 0);
      kept.ends.push(kept.actual.length);
    });
    again = isKept ? replaying({ actual: kept.actual.toArray(), ends: kept.ends.toArray(), capped }) : look;
    return capped;
  };
}

type Kept = { readonly actual: Int32Array; readonly ends: Int32Array; readonly capped: number };

const replaying = ({ actual, ends, capped }: Kept): EachCandidates =>
  function* (visit) {
    let from = 0;
    for (let e = 0; e < ends.length; e += 1) {
      if (e % UNTIL_PAUSE === 0) yield;
      const to = ends[e] ?? from;
      visit(e, actual.subarray(from, to));
      from = to;
    }
    return capped;
  };
