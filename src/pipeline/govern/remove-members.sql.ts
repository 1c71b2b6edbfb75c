import type { Tx } from '../../db/tx.ts';

export type Membership = { readonly team: string; readonly person: string };

/** Takes people out of teams that the configuration does not put them in; returns who left which. */
export async function removeMembers(
  tx: Tx,
  { workspaceId, members }: { workspaceId: string; members: readonly Membership[] },
): Promise<Membership[]> {
  return tx<Membership[]>`
    delete from team_member m
    using team t, person p
    where m.workspace_id = ${workspaceId}
      and t.workspace_id = m.workspace_id and t.team_id = m.team_id
      and p.workspace_id = m.workspace_id and p.person_id = m.person_id
      and (t.key, p.key) not in (
        select w.team, w.person
        from unnest(${members.map(({ team }) => team)}::text[], ${members.map(({ person }) => person)}::text[])
          as w (team, person))
    returning t.key as team, p.key as person`;
}
