import type { Tx } from '../tx.ts';

/** The team's channel is known by its id from now on, as long as the configuration still names the same channel. */
export async function storeChannel(
  tx: Tx,
  known: { workspaceId: string; address: string; channel: string; channelId: string },
): Promise<void> {
  await tx`
    update team set channel_id = ${known.channelId}
    where workspace_id = ${known.workspaceId} and 'team:' || key = ${known.address}
      and channel = ${known.channel} and channel_id is distinct from ${known.channelId}
  `;
}
