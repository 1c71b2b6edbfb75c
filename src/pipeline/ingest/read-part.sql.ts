import type { Tx } from '../../db/tx.ts';

/** One part of a delivery's kept bytes, counted from 1; undefined behind the last. */
export async function readPart(
  tx: Tx,
  { workspaceId, deliveryId, part }: { workspaceId: string; deliveryId: string; part: number },
): Promise<Buffer | undefined> {
  const [row] = await tx<{ bytes: Buffer }[]>`
    select k.bytes from kept_part k
    where k.workspace_id = ${workspaceId} and k.delivery_id = ${deliveryId} and k.part = ${part}`;
  return row?.bytes;
}
