import type { Tx } from '../../db/tx.ts';

/** Keeps why a whole delivery was refused, with its first bytes, as line 0. */
export async function quarantineFile(
  tx: Tx,
  refused: { workspaceId: string; deliveryId: string; reason: string; detail: string; head: Buffer },
): Promise<void> {
  await tx`
    insert into quarantined_row (workspace_id, delivery_id, line, reason, field, detail, raw)
    values (${refused.workspaceId}, ${refused.deliveryId}, 0, ${refused.reason}, null, ${refused.detail}, ${refused.head})
    on conflict on constraint quarantined_row_pk do nothing`;
}
