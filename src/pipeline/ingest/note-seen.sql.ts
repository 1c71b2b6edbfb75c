import type { Tx } from '../../db/tx.ts';

/** While a delivery of the feed waits: notes the keys that this one brought without a change, since they are newer than what waits. */
export async function noteSeen(
  tx: Tx,
  { workspaceId, feedId, orderedAt }: { workspaceId: string; feedId: string; orderedAt: Date },
): Promise<void> {
  await tx`
    insert into seen_row (workspace_id, feed_id, source_ref, ordered_at)
    select distinct ${workspaceId}::uuid, ${feedId}::uuid, s.source_ref, ${orderedAt}::timestamptz
    from staged s
    where s.reason is null
      and not exists (select from planned p where p.line = s.line and p.outcome <> 'unchanged')
      and exists (
        select from delivery d
        where d.workspace_id = ${workspaceId} and d.feed_id = ${feedId} and d.status in ('held', 'released')
      )
    on conflict on constraint seen_row_pk do update set ordered_at = greatest(seen_row.ordered_at, excluded.ordered_at)`;
}
