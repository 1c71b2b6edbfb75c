import type { Tx } from '../tx.ts';

/** The revision that a message should show; it grows with every change, so an older rendering never goes over a newer one. */
export async function wantedRevision(
  tx: Tx,
  { workspaceId, outboxId }: { workspaceId: string; outboxId: string },
): Promise<number> {
  const [row] = await tx<{ wanted_revision: number }[]>`
    select o.wanted_revision from outbox o
    where o.workspace_id = ${workspaceId} and o.outbox_id = ${outboxId}`;
  if (!row) throw new Error(`outbox ${outboxId} is gone while it is sent`);
  return row.wanted_revision;
}
