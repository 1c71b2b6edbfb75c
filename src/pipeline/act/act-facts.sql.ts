import type { ActFacts } from '../../core/act.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { Role } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';

/** The exception and the presser's standing towards it, as of this transaction; undefined when either does not exist here. */
export async function actFacts(
  tx: Tx,
  input: { workspaceId: string; exceptionId: string; personId: string },
): Promise<ActFacts | undefined> {
  const [row] = await tx<Row[]>`
    select e.status, e.version, e.level, e.type, e.currency, e.owner_id, o.name as owner_name, e.claimed_at, e.closed_at,
           c.name as closer_name, p.person_id, p.is_active,
           exists (select from team_member m where m.workspace_id = e.workspace_id and m.team_id = e.team_id
                   and m.person_id = p.person_id) as is_team_member,
           array(select g.role from role_grant g where g.workspace_id = e.workspace_id and g.person_id = p.person_id
                 order by g.role) as roles
    from exception e
    join person p on p.workspace_id = e.workspace_id and p.person_id = ${input.personId}
    left join audit_event a on a.workspace_id = e.workspace_id and a.seq = e.last_seq and e.closed_at is not null
    left join person c on c.workspace_id = e.workspace_id and c.person_id::text = a.body::jsonb #>> '{actor,id}'
    left join person o on o.workspace_id = e.workspace_id and o.person_id = e.owner_id
    where e.workspace_id = ${input.workspaceId} and e.exception_id = ${input.exceptionId}`;
  return row && toFacts(row);
}

type Row = {
  status: Status;
  version: number;
  level: number;
  type: string;
  currency: string;
  owner_id: string | null;
  owner_name: string | null;
  claimed_at: Date | null;
  closed_at: Date | null;
  closer_name: string | null;
  person_id: string;
  is_active: boolean;
  is_team_member: boolean;
  roles: Role[];
};

const toFacts = (row: Row): ActFacts => ({
  status: row.status,
  version: row.version,
  level: row.level,
  type: row.type,
  currency: row.currency,
  owner: row.owner_id === null ? undefined : { personId: row.owner_id, name: row.owner_name ?? '' },
  claimedAt: row.claimed_at ?? undefined,
  closedAt: row.closed_at ?? undefined,
  closedByName: row.closer_name ?? undefined,
  person: {
    personId: row.person_id,
    isActive: row.is_active,
    isOwner: row.owner_id === row.person_id,
    isTeamMember: row.is_team_member,
    roles: row.roles,
  },
});
