import type { FreeRecord } from './match.ts';
import { inOrderOfNumbers } from './score/key-index.ts';

/** Total order: day, then source_ref by code unit, then id; Postgres sorts the same way under the C collation. */
export function byDayThenRef(a: FreeRecord, b: FreeRecord): number {
  return (
    compareText(a.occurredOn, b.occurredOn) ||
    compareText(a.sourceRef, b.sourceRef) ||
    compareText(a.recordId, b.recordId)
  );
}

const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** The places of records in that order. By day first, as numbers: then only those of one day are compared two by two. */
export function inDayThenRef(records: readonly FreeRecord[]): Int32Array {
  const days = [...new Set(records.map(({ occurredOn }) => occurredOn))].sort();
  const placeOf = new Map(days.map((day, place) => [day, place]));
  const places = Int32Array.from(records, ({ occurredOn }) => placeOf.get(occurredOn) ?? 0);
  const order = inOrderOfNumbers(Int32Array.from(records.keys()), places, days.length);
  for (let from = 0, to = 1; from < order.length; to += 1) {
    if (to < order.length && places[order[to] ?? 0] === places[order[from] ?? 0]) continue;
    order.subarray(from, to).sort((one, other) => byPlace(records[one], records[other]));
    from = to;
  }
  return order;
}

const byPlace = (one: FreeRecord | undefined, other: FreeRecord | undefined): number =>
  one && other ? byDayThenRef(one, other) : 0;
