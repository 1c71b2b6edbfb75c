import type { Tx } from '../tx.ts';

/** Messages that were given up are tried again, all or those of one address. Returns how many. */
export async function retryDead(
  tx: Tx,
  { workspaceId, address }: { workspaceId: string; address: string | undefined },
): Promise<number> {
  const rows = await tx`
    update outbox set status = 'pending', attempts = 0, next_attempt_at = now()
    where workspace_id = ${workspaceId} and status = 'dead' and address = coalesce(${address ?? null}, address)
    returning outbox_id
  `;
  return rows.length;
}
