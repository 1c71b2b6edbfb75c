import type { Tx } from '../db/tx.ts';

/** The workspace is the one of this Slack team from now on. */
export async function storeTeam(tx: Tx, workspaceId: string, slackTeamId: string): Promise<void> {
  await tx`
    update workspace set slack_team_id = ${slackTeamId}
    where workspace_id = ${workspaceId} and slack_team_id is distinct from ${slackTeamId}
  `;
}
