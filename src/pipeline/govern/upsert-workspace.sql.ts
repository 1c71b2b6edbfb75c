import type { Tx } from '../../db/tx.ts';

/** Makes the workspace, or gives it the configured Slack team; true when either was needed. */
export async function upsertWorkspace(
  tx: Tx,
  wanted: { workspaceId: string; name: string; slackTeamId: string | undefined },
): Promise<boolean> {
  const rows = await tx`
    insert into workspace (workspace_id, name, slack_team_id)
    values (${wanted.workspaceId}, ${wanted.name}, ${wanted.slackTeamId ?? null})
    on conflict (workspace_id) do update set slack_team_id = excluded.slack_team_id
      where excluded.slack_team_id is not null
        and workspace.slack_team_id is distinct from excluded.slack_team_id
    returning workspace_id`;
  return rows.length > 0;
}
