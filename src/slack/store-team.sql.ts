import type { Tx } from '../db/tx.ts';

/** Makes the workspace the one of this Slack team, and returns the name of the one that is it already, if another. */
export async function storeTeam(
  tx: Tx,
  workspaceId: string,
  slackTeamId: string,
): Promise<string | undefined> {
  const [row] = await tx<{ other: string | null }[]>`
    with other as (
      select name from workspace where slack_team_id = ${slackTeamId} and workspace_id <> ${workspaceId}
    ),
    stored as (
      update workspace set slack_team_id = ${slackTeamId}
      where workspace_id = ${workspaceId} and slack_team_id is distinct from ${slackTeamId}
        and not exists (select from other)
    )
    select (select name from other) as other
  `;
  return row?.other ?? undefined;
}
