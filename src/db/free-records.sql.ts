import type { SqlPart } from './condition.sql.ts';
import type { Tx } from './tx.ts';

/**
 * The pool rows `p` that nothing has taken: of the whole pool, or, once the first pass is named, of `free_pool`, which holds
 * what that pass left. Used as `from ${rows} where ${isFree}`.
 *
 * Of `free_pool` only what other passes took is left out. Asked to leave out a million members of twenty thousand rows,
 * the planner expects one row to remain, and joins it with everything else row by row (2026-11-29: 7 s instead of 0.3).
 *
 * Of the whole pool, members are left out table by table: of a view over several nothing is known, and the pool with all its
 * columns was hashed instead of their ids (2026-11-30).
 */
export function freeRecords(tx: Tx, firstPass: string | undefined): { rows: SqlPart; isFree: SqlPart } {
  if (firstPass !== undefined) {
    return {
      rows: tx`free_pool p`,
      isFree: tx`not exists (select from planned_member m where m.record_id = p.record_id and m.pass <> ${firstPass})`,
    };
  }
  return {
    rows: tx`pool p`,
    isFree: tx`
      not exists (select from planned_set n where n.record_id = p.record_id)
      and not exists (select from planned_group g where g.expected_id = p.record_id and g.holds_members)
      and not exists (select from planned_group g where g.actual_id = p.record_id and g.holds_members)
      and not exists (select from planned_duplicate d where d.record_id = p.record_id and d.nth > 1)`,
  };
}
