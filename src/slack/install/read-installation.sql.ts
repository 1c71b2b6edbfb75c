import { z } from 'zod';
import type { Tx } from '../../db/tx.ts';

const installationRow = z.object({
  slack_team_id: z.string(),
  slack_enterprise_id: z.string().nullable(),
  app_id: z.string(),
  bot_id: z.string(),
  bot_user_id: z.string(),
  scopes: z.array(z.string()),
  bot_token_sealed: z.string().nullable(),
  refresh_token_sealed: z.string().nullable(),
  token_expires_at: z.date().nullable(),
  is_expired: z.boolean(),
  refresh_problem: z.string().nullable(),
  installed_at: z.date(),
  uninstalled_at: z.date().nullable(),
  /** Milliseconds until the token is to be exchanged, by the database's clock; negative when it is overdue. */
  refresh_in_ms: z.number().nullable(),
});
export type InstallationRow = z.infer<typeof installationRow>;

/** The workspace's installation, uninstalled ones too; undefined when there never was one. */
export async function readInstallation(tx: Tx, workspaceId: string): Promise<InstallationRow | undefined> {
  const [row] = await tx`
    select slack_team_id, slack_enterprise_id, app_id, bot_id, bot_user_id, scopes, bot_token_sealed,
      refresh_token_sealed, token_expires_at, coalesce(token_expires_at <= now(), false) as is_expired, refresh_problem, installed_at, uninstalled_at,
      (extract(epoch from refresh_at - now()) * 1000)::float8 as refresh_in_ms
    from installation
    where workspace_id = ${workspaceId}
  `;
  return row && installationRow.parse(row);
}
