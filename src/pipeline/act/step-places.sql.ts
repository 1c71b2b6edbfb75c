import type { Places } from '../../core/step-reach.ts';
import type { Tx } from '../../db/tx.ts';

/** Active people who are here and active teams with their leads, each who is away at that time with who stands in. */
export async function stepPlaces(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<Places> {
  const at = now.toISOString();
  const [row] = await tx<{ people: Person[] | null; teams: Team[] | null }[]>`
    select (select json_agg(json_build_object(
                     'id', p.person_id, 'key', p.key, 'name', p.name, 'here', here.person_id, 'here_name', here.name,
                     'roles', array(
                       select g.role from role_grant g
                       where g.workspace_id = p.workspace_id and g.person_id = p.person_id order by g.role)) order by p.key)
            from person p
            join person here on here.workspace_id = p.workspace_id
              and here.person_id = tieout.stand_in(p.workspace_id, p.person_id, null, ${at}::timestamptz)
            where p.workspace_id = ${workspaceId} and p.is_active and p.left_at is null) as people,
           (select json_agg(json_build_object(
                     'id', t.team_id, 'key', t.key, 'name', t.name,
                     'lead', tieout.stand_in(t.workspace_id, t.lead_id, t.deputy_id, ${at}::timestamptz)) order by t.key)
            from team t where t.workspace_id = ${workspaceId} and t.is_active) as teams`;
  return {
    people: (row?.people ?? []).map(({ id, key, name, roles, here, here_name }) => ({
      personId: id,
      key,
      name,
      roles,
      standIn: here === id ? undefined : { personId: here, name: here_name },
    })),
    teams: (row?.teams ?? []).map(({ id, key, name, lead }) => ({
      teamId: id,
      key,
      name,
      leadId: lead ?? undefined,
    })),
  };
}

type Person = { id: string; key: string; name: string; roles: string[]; here: string; here_name: string };
type Team = { id: string; key: string; name: string; lead: string | null };
