import type { Tx } from '../../db/tx.ts';

/** Drops the bytes of a delivery that is taken, and the keys seen meanwhile when no other delivery of the feed waits. */
export async function forgetWaiting(
  tx: Tx,
  about: { workspaceId: string; feedId: string; deliveryId: string },
): Promise<void> {
  const { workspaceId, feedId, deliveryId } = about;
  await tx`delete from kept_part where workspace_id = ${workspaceId} and delivery_id = ${deliveryId}`;
  await tx`
    delete from seen_row n
    where n.workspace_id = ${workspaceId} and n.feed_id = ${feedId}
      and not exists (
        select from delivery d
        where d.workspace_id = ${workspaceId} and d.feed_id = ${feedId} and d.status in ('held', 'released')
      )`;
}
