import type { Tx } from '../tx.ts';

/**
 * Something happened to a channel: the lane of its team is looked at now. So are lanes that post in a stand-in, and those in
 * trouble whose channel has no known id, since it may be this one.
 */
export async function stirLanes(tx: Tx, workspaceId: string, channelId: string): Promise<void> {
  await tx`
    update lane l set
      patrol_at = least(l.patrol_at, now()),
      patrol_before = null,
      probe_at = case when l.reason is null then null else now() end,
      probes = 0
    where l.workspace_id = ${workspaceId} and l.address like 'team:%' and (
      exists (
        select from team t
        where t.workspace_id = l.workspace_id and 'team:' || t.key = l.address
          and (t.channel_id = ${channelId} or t.channel_id is null and l.reason is not null)
      )
      or l.stand_in is not null
    )
  `;
}
