import type { Tx } from '../tx.ts';

/** The lane is free again, from `restMs` on. */
export async function releaseLane(
  tx: Tx,
  lane: { workspaceId: string; address: string; token: string; restMs: number },
): Promise<void> {
  await tx`
    update lane set
      next_at = greatest(next_at, now() + ${lane.restMs} * interval '1 millisecond'),
      lease_token = null,
      lease_until = null
    where workspace_id = ${lane.workspaceId} and address = ${lane.address} and lease_token = ${lane.token}
  `;
}
