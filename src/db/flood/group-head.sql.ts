import type { GroupFacts } from '../../core/group.ts';
import type { Tx } from '../tx.ts';

export type GroupKey = { readonly workspaceId: string; readonly groupId: string };
export type GroupHead = Pick<GroupFacts, 'revision' | 'type' | 'team' | 'openedAt'> & {
  readonly teamId: string;
};

/** Of what type and for which team the group is, and the revision its card should show; undefined when there is none. */
export async function groupHead(tx: Tx, { workspaceId, groupId }: GroupKey): Promise<GroupHead | undefined> {
  const [row] = await tx<Row[]>`
    select g.type, g.opened_at, g.team_id, t.key as team_key, t.name as team_name, coalesce(o.wanted_revision, 1) as revision
    from flood_group g
    join team t on t.workspace_id = g.workspace_id and t.team_id = g.team_id
    left join outbox o on o.workspace_id = g.workspace_id and o.dedupe_key = 'group:' || g.group_id
    where g.workspace_id = ${workspaceId} and g.group_id = ${groupId}`;
  return (
    row && {
      revision: row.revision,
      type: row.type,
      teamId: row.team_id,
      team: { key: row.team_key, name: row.team_name },
      openedAt: row.opened_at,
    }
  );
}

type Row = {
  type: string;
  opened_at: Date;
  team_id: string;
  team_key: string;
  team_name: string;
  revision: number;
};
