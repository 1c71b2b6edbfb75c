import type { Role } from '../../core/organisation.ts';
import type { Standing } from '../../core/permission.ts';
import type { Tx } from '../../db/tx.ts';

export type PersonStanding = Standing & {
  readonly key: string;
  readonly name: string;
  readonly isActive: boolean;
};

/** The person as the record knows them, towards an exception where one is named; undefined for nobody. */
export async function standingOf(
  tx: Tx,
  {
    workspaceId,
    personId,
    exceptionId,
  }: { workspaceId: string; personId: string; exceptionId?: string | undefined },
): Promise<PersonStanding | undefined> {
  const [row] = await tx<Row[]>`
    select p.key, p.name, p.is_active and p.left_at is null as is_active,
           array(select g.role from role_grant g
                 where g.workspace_id = p.workspace_id and g.person_id = p.person_id) as roles,
           exists (select from exception e
                   where e.workspace_id = p.workspace_id and e.exception_id = ${exceptionId ?? null}::uuid
                     and e.owner_id = p.person_id) as is_owner
    from person p
    where p.workspace_id = ${workspaceId} and p.person_id = ${personId}`;
  if (!row) return undefined;
  const { key, name, is_active: isActive, is_owner: isOwner, roles } = row;
  return { key, name, isActive, isOwner, isTeamMember: false, roles };
}

type Row = { key: string; name: string; is_active: boolean; is_owner: boolean; roles: Role[] };
