import { z } from 'zod';
import type { Tx } from '../tx.ts';

const addressRow = z.object({
  name: z.string(),
  channel: z.string().nullable(),
  channel_id: z.string().nullable(),
  slack_user_id: z.string().nullable(),
  email: z.string().nullable(),
});

/** What is known about an address; undefined when no such team or person exists. */
export type AddressFacts = z.infer<typeof addressRow>;

/** The team or person behind `team:<key>` or `person:<person id>`. */
export async function readAddress(
  tx: Tx,
  workspaceId: string,
  address: string,
): Promise<AddressFacts | undefined> {
  const [row] = await tx`
    select t.name, t.channel, t.channel_id, null as slack_user_id, null as email
    from team t
    where t.workspace_id = ${workspaceId} and 'team:' || t.key = ${address}
    union all
    select p.name, null, null, p.slack_user_id, p.email
    from person p
    where p.workspace_id = ${workspaceId} and p.is_active and 'person:' || p.person_id = ${address}
  `;
  return row && addressRow.parse(row);
}
