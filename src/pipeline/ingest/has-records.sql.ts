import type { Tx } from '../../db/tx.ts';

/** Whether a feed has any record, or took one back; asked once it is locked, since a delivery that was waited for may have brought some. */
export async function hasRecords(
  tx: Tx,
  { workspaceId, feedId }: { workspaceId: string; feedId: string },
): Promise<boolean> {
  const rows = await tx`
    select 1 as one from record where workspace_id = ${workspaceId} and feed_id = ${feedId}
    union all
    select 1 from removed_key where workspace_id = ${workspaceId} and feed_id = ${feedId}
    limit 1`;
  return rows.length > 0;
}
