import type { ActFacts, ExceptionNow } from '../../core/act.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { Role } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';

/** The exception and the presser's standing towards it, as of this transaction; undefined when either does not exist here. */
export async function actFacts(tx: Tx, input: About & { personId: string }): Promise<ActFacts | undefined> {
  const row = await read(tx, input, input.personId);
  if (!row?.person_id) return undefined;
  return {
    ...toNow(row),
    person: {
      personId: row.person_id,
      isActive: row.is_active === true,
      isOwner: row.owner_id === row.person_id,
      isTeamMember: row.is_team_member,
      roles: row.roles,
    },
  };
}

/** The exception as of this transaction, for a timer, which is nobody; undefined when it does not exist here. */
export async function exceptionNow(tx: Tx, input: About): Promise<ExceptionNow | undefined> {
  const row = await read(tx, input, null);
  return row && toNow(row);
}

type About = { readonly workspaceId: string; readonly exceptionId: string };

async function read(tx: Tx, input: About, personId: string | null): Promise<Row | undefined> {
  const [row] = await tx<Row[]>`
    select e.status, e.version, e.level, e.type, e.currency, e.owner_id, o.name as owner_name, e.claimed_at, e.closed_at,
           e.opened_at, e.due_at, e.sla, e.wait_until_on, e.due_paused_at,
           c.name as closer_name, p.person_id, p.is_active,
           exists (select from team_member m where m.workspace_id = e.workspace_id and m.team_id = e.team_id
                   and m.person_id = p.person_id) as is_team_member,
           array(select g.role from role_grant g where g.workspace_id = e.workspace_id and g.person_id = p.person_id
                 order by g.role) as roles
    from exception e
    left join person p on p.workspace_id = e.workspace_id and p.person_id = ${personId}::uuid
    left join audit_event a on a.workspace_id = e.workspace_id and a.seq = e.last_seq and e.closed_at is not null
    left join person c on c.workspace_id = e.workspace_id and c.person_id::text = a.body::jsonb #>> '{actor,id}'
    left join person o on o.workspace_id = e.workspace_id and o.person_id = e.owner_id
    where e.workspace_id = ${input.workspaceId} and e.exception_id = ${input.exceptionId}`;
  return row;
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
  opened_at: Date;
  due_at: Date;
  sla: string;
  wait_until_on: string | null;
  due_paused_at: Date | null;
  closer_name: string | null;
  person_id: string | null;
  is_active: boolean | null;
  is_team_member: boolean;
  roles: Role[];
};

const toNow = (row: Row): ExceptionNow => ({
  status: row.status,
  version: row.version,
  level: row.level,
  type: row.type,
  currency: row.currency,
  owner: row.owner_id === null ? undefined : { personId: row.owner_id, name: row.owner_name ?? '' },
  claimedAt: row.claimed_at ?? undefined,
  closedAt: row.closed_at ?? undefined,
  openedAt: row.opened_at,
  dueAt: row.due_at,
  sla: row.sla,
  waitUntilOn: row.wait_until_on ?? undefined,
  duePausedAt: row.due_paused_at ?? undefined,
  closedByName: row.closer_name ?? undefined,
});
