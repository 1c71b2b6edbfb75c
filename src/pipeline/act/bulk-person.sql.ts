import type { Role } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';

/** Where the person stands, as of this transaction. */
export type Presser = {
  readonly personId: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly roles: readonly Role[];
  readonly teamIds: ReadonlySet<string>;
};

/** The person with their roles and teams; undefined when they do not exist here. */
export async function readPresser(
  tx: Tx,
  { workspaceId, personId }: { workspaceId: string; personId: string },
): Promise<Presser | undefined> {
  const [row] = await tx<{ name: string; is_active: boolean; roles: Role[]; team_ids: string[] }[]>`
    select p.name, p.is_active,
           array(select g.role from role_grant g
                 where g.workspace_id = p.workspace_id and g.person_id = p.person_id order by g.role) as roles,
           array(select m.team_id::text from team_member m
                 where m.workspace_id = p.workspace_id and m.person_id = p.person_id) as team_ids
    from person p
    where p.workspace_id = ${workspaceId} and p.person_id = ${personId}`;
  return (
    row && {
      personId,
      name: row.name,
      isActive: row.is_active,
      roles: row.roles,
      teamIds: new Set(row.team_ids),
    }
  );
}
