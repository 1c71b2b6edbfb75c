import type { Tx } from '../../db/tx.ts';

/** Whether deliveries of the feed with a breaking change wait from now on, whatever its contract says. */
export async function setHoldsDrift(
  tx: Tx,
  { workspaceId, feedId, holds }: { workspaceId: string; feedId: string; holds: boolean },
): Promise<void> {
  await tx`
    update feed set holds_drift = ${holds}
    where workspace_id = ${workspaceId} and feed_id = ${feedId} and holds_drift <> ${holds}`;
}
