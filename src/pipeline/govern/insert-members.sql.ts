import type { Tx } from '../../db/tx.ts';
import type { Membership } from './remove-members.sql.ts';

/** Puts people into the teams they are not in yet; returns who joined which. */
export async function insertMembers(
  tx: Tx,
  { workspaceId, members }: { workspaceId: string; members: readonly Membership[] },
): Promise<Membership[]> {
  return tx<Membership[]>`
    with joined as (
      insert into team_member (workspace_id, team_id, person_id)
      select t.workspace_id, t.team_id, p.person_id
      from unnest(${members.map(({ team }) => team)}::text[], ${members.map(({ person }) => person)}::text[])
        as w (team, person)
      join team t on t.workspace_id = ${workspaceId} and t.key = w.team
      join person p on p.workspace_id = ${workspaceId} and p.key = w.person
      on conflict (workspace_id, team_id, person_id) do nothing
      returning team_id, person_id
    )
    select t.key as team, p.key as person
    from joined j
    join team t on t.workspace_id = ${workspaceId} and t.team_id = j.team_id
    join person p on p.workspace_id = ${workspaceId} and p.person_id = j.person_id`;
}
