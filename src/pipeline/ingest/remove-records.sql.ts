import type { Tx } from '../../db/tx.ts';

/** Marks the records that rows of the delivery take back, each as a new version of what it was. */
export async function removeRecords(
  tx: Tx,
  { workspaceId, deliveryId }: { workspaceId: string; deliveryId: string },
): Promise<void> {
  await tx`
    update record r
    set version = r.version + 1,
        revision = greatest(r.revision collate "C", s.revision),
        delivery_id = ${deliveryId},
        line = s.line,
        is_removed = true
    from planned p
    join staged s on s.line = p.line
    where p.outcome = 'removed'
      and r.workspace_id = ${workspaceId} and r.record_id = p.known_id`;
}
