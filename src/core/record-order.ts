import type { FreeRecord } from './match.ts';

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
