import type { QuarantineCount } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';

/** How many rows are kept out and need somebody, per feed and reason; of one feed, or of all. */
export async function quarantineCounts(
  tx: Tx,
  workspaceId: string,
  feed: string | undefined,
): Promise<QuarantineCount[]> {
  return await tx<QuarantineCount[]>`
    select f.key as feed, q.reason, count(*)::integer as count
    from quarantined_row q
    join delivery d on d.workspace_id = q.workspace_id and d.delivery_id = q.delivery_id
    join feed f on f.workspace_id = d.workspace_id and f.feed_id = d.feed_id
    where q.workspace_id = ${workspaceId} and (${feed ?? null}::text is null or f.key = ${feed ?? null})
      and d.status <> 'rejected'
      and not exists (
        select from settled_row t
        where t.workspace_id = q.workspace_id and t.delivery_id = q.delivery_id and t.line = q.line
      )
    group by f.key, q.reason
    order by f.key, count(*) desc, q.reason`;
}
