import type { Tx } from '../../db/tx.ts';

/** An installation as Slack granted it, tokens sealed. Seconds count from now; undefined means that the token stays. */
export type NewInstallation = {
  readonly workspaceId: string;
  readonly teamId: string;
  readonly enterpriseId: string | undefined;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly scopes: readonly string[];
  readonly installedBy: string | undefined;
  readonly botTokenSealed: string;
  readonly refreshTokenSealed: string | undefined;
  readonly expiresInS: number | undefined;
  readonly refreshInS: number | undefined;
};

/** Makes the installation, or puts the new one in the place of an older one, whose tokens are gone then. */
export async function storeInstallation(tx: Tx, made: NewInstallation): Promise<void> {
  await tx`
    insert into installation as i (
      workspace_id, slack_team_id, slack_enterprise_id, app_id, bot_id, bot_user_id, scopes, bot_token_sealed,
      refresh_token_sealed, token_expires_at, refresh_at, installed_by, installed_at
    ) values (
      ${made.workspaceId}, ${made.teamId}, ${made.enterpriseId ?? null}, ${made.appId}, ${made.botId},
      ${made.botUserId}, ${made.scopes as string[]}::text[], ${made.botTokenSealed},
      ${made.refreshTokenSealed ?? null}, now() + ${made.expiresInS ?? null}::float8 * interval '1 second',
      now() + ${made.refreshInS ?? null}::float8 * interval '1 second', ${made.installedBy ?? null}, now()
    )
    on conflict (workspace_id) do update set
      slack_team_id = excluded.slack_team_id,
      slack_enterprise_id = excluded.slack_enterprise_id,
      app_id = excluded.app_id,
      bot_id = excluded.bot_id,
      bot_user_id = excluded.bot_user_id,
      scopes = excluded.scopes,
      bot_token_sealed = excluded.bot_token_sealed,
      refresh_token_sealed = excluded.refresh_token_sealed,
      token_expires_at = excluded.token_expires_at,
      refresh_at = excluded.refresh_at,
      refresh_lease = null,
      refresh_lease_until = null,
      refresh_problem = null,
      installed_by = excluded.installed_by,
      installed_at = excluded.installed_at,
      uninstalled_at = null
  `;
}
