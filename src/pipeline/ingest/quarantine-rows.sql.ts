import type { Tx } from '../../db/tx.ts';

/** Keeps every refused row of the delivery with its line, reason and bytes. */
export async function quarantineRows(
  tx: Tx,
  { workspaceId, deliveryId }: { workspaceId: string; deliveryId: string },
): Promise<void> {
  await tx`
    insert into quarantined_row (workspace_id, delivery_id, line, reason, field, detail, raw, source_ref, revision)
    select ${workspaceId}::uuid, ${deliveryId}::uuid, s.line, s.reason, s.field, s.detail, s.raw,
           s.source_ref, s.revision
    from staged s
    where s.reason is not null
    on conflict on constraint quarantined_row_pk do nothing`;
}
