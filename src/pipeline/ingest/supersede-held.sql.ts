import type { Tx } from '../../db/tx.ts';

/** Closes deliveries of the same bytes that wait under an earlier contract: they are read again now, by the one in force. Gives their ids. */
export async function supersedeHeld(
  tx: Tx,
  { workspaceId, feedId, checksum }: { workspaceId: string; feedId: string; checksum: string },
): Promise<readonly string[]> {
  const rows = await tx<{ deliveryId: string }[]>`
    update delivery d
    set version = d.version + 1, status = 'rejected', decided_by = null, decided_at = now(), reason_code = 'read_again'
    where d.workspace_id = ${workspaceId} and d.feed_id = ${feedId} and d.checksum = ${checksum} and d.status = 'held'
    returning d.delivery_id as "deliveryId"`;
  return rows.map(({ deliveryId }) => deliveryId);
}
