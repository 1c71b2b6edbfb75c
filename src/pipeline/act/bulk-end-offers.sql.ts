import type { Tx } from '../../db/tx.ts';

/** These offers stand no longer: declined, or their time was over before somebody made another. */
export async function endOffers(
  tx: Tx,
  ended: { workspaceId: string; handOverIds: readonly string[]; state: 'declined' | 'lapsed' },
): Promise<void> {
  if (ended.handOverIds.length === 0) return;
  await tx`
    update hand_over
    set state = ${ended.state}, ended_at = clock_timestamp()
    where workspace_id = ${ended.workspaceId} and hand_over_id = any(${ended.handOverIds as string[]}::uuid[])
      and state = 'open'`;
}
