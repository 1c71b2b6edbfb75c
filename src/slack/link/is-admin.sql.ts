import type { Tx } from '../../db/tx.ts';

/** Whether the person is active and holds the role of an admin at this moment. */
export async function isAdmin(tx: Tx, workspaceId: string, personId: string): Promise<boolean> {
  const rows = await tx`
    select from person p
    join role_grant g on g.workspace_id = p.workspace_id and g.person_id = p.person_id and g.role = 'admin'
    where p.workspace_id = ${workspaceId} and p.person_id = ${personId} and p.is_active`;
  return rows.length === 1;
}
