import type { Tx } from '../../../db/tx.ts';

/** The names of those Slack users that are people here. */
export async function personNames(
  tx: Tx,
  workspaceId: string,
  slackUserIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx<{ slack_user_id: string; name: string }[]>`
    select slack_user_id, name
    from person
    where workspace_id = ${workspaceId} and slack_user_id = any(${slackUserIds as string[]}::text[])`;
  return new Map(rows.map((row) => [row.slack_user_id, row.name]));
}
