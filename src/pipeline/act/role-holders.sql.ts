import type { Role } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';

/** Everybody active with their roles, by id: whether three of them could approve is not for one of them to say. */
export async function roleHolders(
  tx: Tx,
  workspaceId: string,
): Promise<{ readonly key: string; readonly roles: readonly Role[] }[]> {
  return await tx<{ key: string; roles: Role[] }[]>`
    select p.person_id as key, array_agg(g.role) as roles
    from person p
    join role_grant g on g.workspace_id = p.workspace_id and g.person_id = p.person_id
    where p.workspace_id = ${workspaceId} and p.is_active and p.left_at is null
    group by p.person_id`;
}
