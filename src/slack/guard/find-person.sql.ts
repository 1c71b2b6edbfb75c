import { z } from 'zod';
import type { Tx } from '../../db/tx.ts';

export const personRow = z.object({
  person_id: z.string(),
  key: z.string(),
  name: z.string(),
  is_active: z.boolean(),
  slack_locale: z.string().nullable(),
  slack_zone: z.string().nullable(),
});
export type KnownPerson = z.infer<typeof personRow>;

/** The person a Slack user is linked to. */
export async function findPerson(
  tx: Tx,
  workspaceId: string,
  slackUserId: string,
): Promise<KnownPerson | undefined> {
  const [row] = await tx`
    select person_id, key, name, is_active, slack_locale, slack_zone
    from person
    where workspace_id = ${workspaceId} and slack_user_id = ${slackUserId}
  `;
  return row && personRow.parse(row);
}
