import type { Tx } from '../../db/tx.ts';

/** Lists the records that the delivery made new, changed or took back: a run finds them there and not among all. */
export async function noteChanged(
  tx: Tx,
  { workspaceId, deliveryId }: { workspaceId: string; deliveryId: string },
): Promise<void> {
  await tx`
    insert into changed_record (workspace_id, delivery_id, record_id)
    select ${workspaceId}::uuid, ${deliveryId}::uuid, coalesce(p.known_id, s.record_id)
    from planned p
    join staged s on s.line = p.line
    where p.outcome in ('new', 'changed', 'removed')
    on conflict on constraint changed_record_pk do nothing`;
}
