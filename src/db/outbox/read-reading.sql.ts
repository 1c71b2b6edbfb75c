import { z } from 'zod';
import type { Tx } from '../tx.ts';

const optional = z
  .string()
  .nullable()
  .transform((text) => text ?? undefined);
const readingRow = z.object({ key: z.string(), slackLocale: optional, slackZone: optional });

/** A person's key in the configuration, and the language and zone that Slack says are theirs. */
export async function readPersonReading(
  tx: Tx,
  workspaceId: string,
  personId: string,
): Promise<z.infer<typeof readingRow> | undefined> {
  const [row] = await tx`
    select key, slack_locale as "slackLocale", slack_zone as "slackZone"
    from person
    where workspace_id = ${workspaceId} and person_id = ${personId}
  `;
  return row && readingRow.parse(row);
}
