import type { Tx } from '../../db/tx.ts';

/** The id of the active person with this e-mail address, compared without case, who is not linked to a Slack user. */
export async function findByEmail(tx: Tx, workspaceId: string, email: string): Promise<string | undefined> {
  const [row] = await tx<{ person_id: string }[]>`
    select person_id
    from person
    where workspace_id = ${workspaceId} and lower(email) = lower(${email})
      and is_active and slack_user_id is null
    order by person_id
    limit 1
  `;
  return row?.person_id;
}
