import type { Tx } from '../../db/tx.ts';

/** Settles quarantined rows of a delivery that is read again, as far as they are accepted now. */
export async function settleAccepted(
  tx: Tx,
  { workspaceId, deliveryId }: { workspaceId: string; deliveryId: string },
): Promise<void> {
  await tx`
    insert into settled_row (workspace_id, delivery_id, line, how)
    select q.workspace_id, q.delivery_id, q.line, 'replayed'
    from quarantined_row q
    join staged s on s.line = q.line
    where q.workspace_id = ${workspaceId} and q.delivery_id = ${deliveryId} and s.reason is null
    on conflict on constraint settled_row_pk do nothing`;
}
