import type { Tx } from '../../db/tx.ts';

/**
 * Settles quarantined rows of this delivery that another of its rows replaces: with them nobody has to do anything.
 *
 * They are listed and counted first: the planner knows nothing yet of those that were quarantined a moment ago, took them for one, and read all
 * staged rows once for each (2026-12-01, 20,000 of 30,000 rows refused: 23 s instead of 0.2).
 */
export async function settleReplaced(
  tx: Tx,
  { workspaceId, deliveryId }: { workspaceId: string; deliveryId: string },
): Promise<void> {
  const { count } = await tx`
    create temp table kept_out on commit drop as
    select q.line, q.source_ref collate "C" as source_ref, q.revision collate "C" as revision
    from quarantined_row q
    where q.workspace_id = ${workspaceId} and q.delivery_id = ${deliveryId} and q.source_ref is not null
      and q.reason <> 'duplicate_key'`;
  if (count === 0) return;
  await tx`analyze kept_out`;
  await tx`
    insert into settled_row (workspace_id, delivery_id, line, how)
    select ${workspaceId}::uuid, ${deliveryId}::uuid, q.line, 'superseded'
    from kept_out q
    where exists (
      select from staged s
      where s.reason is null and s.source_ref = q.source_ref
        and (q.line < s.line or s.revision > q.revision) and (s.is_removal or s.revision >= coalesce(q.revision, ''))
    )
    on conflict on constraint settled_row_pk do nothing`;
}
