import type { Tx } from '../../db/tx.ts';

/** Keeps one part of a delivery's bytes. */
export async function insertPart(
  tx: Tx,
  kept: { workspaceId: string; deliveryId: string; part: number; bytes: Buffer },
): Promise<void> {
  await tx`
    insert into kept_part (workspace_id, delivery_id, part, bytes)
    values (${kept.workspaceId}, ${kept.deliveryId}, ${kept.part}, ${kept.bytes})`;
}
