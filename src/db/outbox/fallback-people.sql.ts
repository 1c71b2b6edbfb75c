import type { Tx } from '../tx.ts';

/** Who is told when a team's channel takes no messages: the team's lead and every admin, as far as they are active. */
export async function fallbackPeople(tx: Tx, workspaceId: string, address: string): Promise<string[]> {
  const rows = await tx<{ person_id: string }[]>`
    select p.person_id
    from person p
    where p.workspace_id = ${workspaceId} and p.is_active
      and (
        exists (
          select from team t
          where t.workspace_id = p.workspace_id and 'team:' || t.key = ${address} and t.lead_id = p.person_id
        )
        or exists (
          select from role_grant g
          where g.workspace_id = p.workspace_id and g.person_id = p.person_id and g.role = 'admin'
        )
      )
    order by p.person_id
  `;
  return rows.map((row) => row.person_id);
}
