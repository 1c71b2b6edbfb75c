import type { Side } from '../core/spec.ts';
import type { SqlPart } from './condition.sql.ts';
import type { Tx } from './tx.ts';

/** Rows `p` and what must hold of them. Used as `from ${rows} where ${isFree}`. */
export type FreeRecords = { readonly rows: SqlPart; readonly isFree: SqlPart };

/**
 * The pool rows `p` that nothing has taken: of the whole pool, or, once the first pass is named, of `free_pool`, which holds
 * what that pass left.
 *
 * Of `free_pool` only what other passes took is left out, all of which stands in `planned_set`. Asked to leave out a million
 * members of twenty thousand rows, the planner expects one row to remain, and joins it with everything else row by row
 * (2026-11-29: 7 s instead of 0.3).
 *
 * Of the whole pool, members are left out table by table: of a view over several nothing is known, and the pool with all its
 * columns was hashed instead of their ids (2026-11-30). A table that is empty is not asked: each costs a tenth of a second for
 * a million records (2026-11-30).
 */
export async function freeRecords(tx: Tx, firstPass: string | undefined): Promise<FreeRecords> {
  if (firstPass !== undefined) {
    return {
      rows: tx`free_pool p`,
      isFree: tx`not exists (select from planned_set n where n.record_id = p.record_id and n.pass <> ${firstPass})`,
    };
  }
  const taken = await tablesTaken(tx);
  // Nothing is looked up of a record of the other side (2.0 s instead of 2.4 to keep the free ones of two million; 2026-11-30).
  const ofSide = (side: Side): SqlPart => tx`case p.side when ${side} then p.record_id end`;
  const conditions = [
    ...(taken.sets ? [tx`not exists (select from planned_set n where n.record_id = p.record_id)`] : []),
    ...(taken.pairs
      ? [
          tx`not exists (select from planned_group g where g.expected_id = ${ofSide('expected')} and g.holds_members)`,
          tx`not exists (select from planned_group g where g.actual_id = ${ofSide('actual')} and g.holds_members)`,
        ]
      : []),
    ...(taken.duplicates
      ? [tx`not exists (select from planned_duplicate d where d.record_id = p.record_id and d.nth > 1)`]
      : []),
  ];
  return {
    rows: tx`pool p`,
    isFree: conditions.length === 0 ? tx`true` : conditions.reduce((all, one) => tx`${all} and ${one}`),
  };
}

/** Which of the tables that say what is taken say anything. */
export async function tablesTaken(tx: Tx): Promise<{ sets: boolean; pairs: boolean; duplicates: boolean }> {
  const [row] = await tx<{ sets: boolean; pairs: boolean; duplicates: boolean }[]>`
    select exists (select from planned_set) as sets,
           exists (select from planned_group where holds_members) as pairs,
           exists (select from planned_duplicate where nth > 1) as duplicates`;
  return row ?? { sets: true, pairs: true, duplicates: true };
}
