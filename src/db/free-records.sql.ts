import type { SqlPart } from './condition.sql.ts';
import type { Tx } from './tx.ts';

/**
 * The pool rows `p` that nothing has taken: of the whole pool, or, once the first pass is named, of `free_pool`, which holds
 * what that pass left. Used as `from ${rows} where ${isFree}`.
 *
 * Of `free_pool` only what other passes took is left out. Asked to leave out a million members of twenty thousand rows,
 * the planner expects one row to remain, and joins it with everything else row by row (2026-11-29: 7 s instead of 0.3).
 */
export function freeRecords(tx: Tx, firstPass: string | undefined): { rows: SqlPart; isFree: SqlPart } {
  const isTaken = tx`exists (select from planned_member m where m.record_id = p.record_id`;
  if (firstPass !== undefined) {
    return { rows: tx`free_pool p`, isFree: tx`not ${isTaken} and m.pass <> ${firstPass})` };
  }
  const isRepeat = tx`exists (select from planned_duplicate d where d.record_id = p.record_id and d.nth > 1)`;
  return { rows: tx`pool p`, isFree: tx`not ${isTaken}) and not ${isRepeat}` };
}
