import type { Tx } from '../../db/tx.ts';

/** Ends the pause that each lane took when Slack shut the app out: what waits is due now. */
export async function restNoLonger(tx: Tx, workspaceId: string): Promise<void> {
  await tx`update lane set next_at = now() where workspace_id = ${workspaceId} and next_at > now()`;
}
