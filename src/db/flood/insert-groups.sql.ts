import type { FloodKey } from '../../core/flood.ts';
import type { Tx } from '../tx.ts';

/** New groups of exceptions, without members and without a card yet. */
export async function insertGroups(
  tx: Tx,
  workspaceId: string,
  { groups, now }: { groups: readonly (FloodKey & { groupId: string })[]; now: Date },
): Promise<void> {
  if (groups.length === 0) return;
  await tx`
    insert into flood_group (workspace_id, group_id, team_id, type, opened_at)
    select ${workspaceId}, g.group_id, g.team_id, g.type, ${now.toISOString()}
    from unnest(${groups.map(({ groupId }) => groupId)}::uuid[], ${groups.map(({ teamId }) => teamId)}::uuid[],
                ${groups.map(({ type }) => type)}::text[]) as g (group_id, team_id, type)`;
}
