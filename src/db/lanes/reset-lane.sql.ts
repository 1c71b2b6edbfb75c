import type { Tx } from '../tx.ts';

/** Whatever was known of the lane's channel is forgotten: another one takes its place. */
export async function resetLane(tx: Tx, workspaceId: string, address: string): Promise<void> {
  await tx`
    update lane set
      reason = null, troubled_at = null, stand_in = null, probe_at = null, probes = 0, patrol_before = null, next_at = now()
    where workspace_id = ${workspaceId} and address = ${address}
  `;
}
