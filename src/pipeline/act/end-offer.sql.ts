import type { Tx } from '../../db/tx.ts';

/**
 * The offer stands no longer. Accepting is not done here: the database marks it when the owner changes, and ends an offer
 * whose exception is given back or closed.
 */
export async function endOffer(
  tx: Tx,
  ended: { workspaceId: string; handOverId: string; state: 'declined' | 'lapsed'; now: Date },
): Promise<void> {
  await tx`
    update hand_over
    set state = ${ended.state}, ended_at = ${ended.now.toISOString()}
    where workspace_id = ${ended.workspaceId} and hand_over_id = ${ended.handOverId} and state = 'open'`;
}
