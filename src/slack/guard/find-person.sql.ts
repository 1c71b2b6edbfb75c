import { z } from 'zod';
import type { Tx } from '../../db/tx.ts';

const personRow = z.object({ person_id: z.string(), name: z.string(), is_active: z.boolean() });
export type KnownPerson = z.infer<typeof personRow>;

/** The person a Slack user is linked to. */
export async function findPerson(
  tx: Tx,
  workspaceId: string,
  slackUserId: string,
): Promise<KnownPerson | undefined> {
  const [row] = await tx`
    select person_id, name, is_active
    from person
    where workspace_id = ${workspaceId} and slack_user_id = ${slackUserId}
  `;
  return row && personRow.parse(row);
}
