import type { FloodFacts, FloodKey } from '../../core/flood.ts';
import type { Tx } from '../tx.ts';

/** Of each team and type: how many exceptions were opened since that instant, and the newest group opened since then. */
export async function floodFacts(
  tx: Tx,
  workspaceId: string,
  { keys, since }: { keys: readonly FloodKey[]; since: Date },
): Promise<FloodFacts[]> {
  if (keys.length === 0) return [];
  const rows = await tx<Row[]>`
    select k.team_id, k.type,
           (select count(*)::integer from exception e
            where e.workspace_id = ${workspaceId} and e.team_id = k.team_id and e.type = k.type
              and e.opened_at > ${since.toISOString()}) as opened_before,
           (select g.group_id from flood_group g
            where g.workspace_id = ${workspaceId} and g.team_id = k.team_id and g.type = k.type
              and g.opened_at > ${since.toISOString()}
            order by g.opened_at desc, g.group_id desc
            limit 1) as group_id
    from unnest(${keys.map(({ teamId }) => teamId)}::uuid[], ${keys.map(({ type }) => type)}::text[]) as k (team_id, type)`;
  return rows.map((row) => ({
    teamId: row.team_id,
    type: row.type,
    openedBefore: row.opened_before,
    groupId: row.group_id ?? undefined,
  }));
}

type Row = { team_id: string; type: string; opened_before: number; group_id: string | null };
