import type { Tx } from '../../db/tx.ts';

/** Slack's ids of the teams' channels by the teams' keys, of those that were ever posted in. */
export async function channelIds(tx: Tx, workspaceId: string): Promise<Map<string, string>> {
  const rows = await tx<{ key: string; channel_id: string }[]>`
    select key, channel_id
    from team
    where workspace_id = ${workspaceId} and is_active and channel_id is not null`;
  return new Map(rows.map((row) => [row.key, row.channel_id]));
}
