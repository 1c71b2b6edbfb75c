import type { Tx } from '../../db/tx.ts';

/** Settles what was kept of a delivery as a whole, once it is taken after all. */
export async function settleFile(
  tx: Tx,
  { workspaceId, deliveryId }: { workspaceId: string; deliveryId: string },
): Promise<void> {
  await tx`
    insert into settled_row (workspace_id, delivery_id, line, how)
    select q.workspace_id, q.delivery_id, q.line, 'replayed'
    from quarantined_row q
    where q.workspace_id = ${workspaceId} and q.delivery_id = ${deliveryId} and q.line = 0
    on conflict on constraint settled_row_pk do nothing`;
}
