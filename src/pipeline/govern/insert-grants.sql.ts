import type { Tx } from '../../db/tx.ts';
import type { Grant } from './revoke-grants.sql.ts';

/** Grants the roles that people do not hold yet; returns what was granted. */
export async function insertGrants(
  tx: Tx,
  { workspaceId, grants }: { workspaceId: string; grants: readonly Grant[] },
): Promise<Grant[]> {
  return tx<Grant[]>`
    with granted as (
      insert into role_grant (workspace_id, person_id, role)
      select p.workspace_id, p.person_id, w.role
      from unnest(${grants.map(({ person }) => person)}::text[], ${grants.map(({ role }) => role)}::text[])
        as w (person, role)
      join person p on p.workspace_id = ${workspaceId} and p.key = w.person
      on conflict (workspace_id, person_id, role) do nothing
      returning person_id, role
    )
    select p.key as person, g.role
    from granted g
    join person p on p.workspace_id = ${workspaceId} and p.person_id = g.person_id`;
}
