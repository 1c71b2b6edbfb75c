import type { Sql } from '../../db/client.ts';
import { isSealedWithFirst, type SealKeys, seal, unseal } from '../../db/seal.ts';
import { inWorkspace } from '../../db/tx.ts';
import type { Allowed } from '../guard/allow-list.ts';
import { type InstallationRow, readInstallation } from './read-installation.sql.ts';
import { resealTokens } from './reseal-tokens.sql.ts';

/** What an installed app is let in with. */
export type Access = Allowed & {
  readonly botId: string;
  readonly botUserId: string;
  readonly token: string;
  readonly installedAt: Date;
};

export type AccessNow =
  | {
      readonly kind: 'installed';
      readonly access: Access;
      /** Until the token is to be exchanged; undefined when it stays. */
      readonly refreshInMs: number | undefined;
      readonly isExpired: boolean;
      readonly refreshProblem: string | undefined;
    }
  | { readonly kind: 'not_installed' }
  /** None of our keys opens the token. */
  | { readonly kind: 'sealed_shut' };

export type AccessContext = { readonly sql: Sql; readonly workspaceId: string; readonly keys: SealKeys };

/** The workspace's access as it is on the record now. */
export async function readAccess({ sql, workspaceId, keys }: AccessContext): Promise<AccessNow> {
  const row = await inWorkspace(sql, workspaceId, (tx) => readInstallation(tx, workspaceId));
  if (!row || row.bot_token_sealed === null) return { kind: 'not_installed' };
  const token = unseal(row.bot_token_sealed, { workspaceId, kind: 'bot_token' }, keys);
  if (token === undefined) return { kind: 'sealed_shut' };
  return {
    kind: 'installed',
    access: accessOf(row, token),
    refreshInMs: row.refresh_in_ms ?? undefined,
    isExpired: row.is_expired,
    refreshProblem: row.refresh_problem ?? undefined,
  };
}

const accessOf = (row: InstallationRow, token: string): Access => ({
  teamId: row.slack_team_id,
  enterpriseId: row.slack_enterprise_id ?? undefined,
  appId: row.app_id,
  botId: row.bot_id,
  botUserId: row.bot_user_id,
  token,
  installedAt: row.installed_at,
});

/**
 * Seals the workspace's tokens with the first key, where an older one sealed them; true when that was needed and done.
 * Afterwards the older key can be taken out of the environment.
 */
export async function reseal({ sql, workspaceId, keys }: AccessContext): Promise<boolean> {
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const row = await readInstallation(tx, workspaceId);
    const { bot_token_sealed: bot = null, refresh_token_sealed: refresh = null } = row ?? {};
    if (bot === null) return false;
    const sealed = [bot, refresh].filter((token) => token !== null);
    if (sealed.every((token) => isSealedWithFirst(token, keys))) return false;
    const again = (token: string, kind: 'bot_token' | 'refresh_token'): string | undefined => {
      const text = unseal(token, { workspaceId, kind }, keys);
      return text === undefined ? undefined : seal(text, { workspaceId, kind }, keys);
    };
    const newBot = again(bot, 'bot_token');
    const newRefresh = refresh === null ? null : again(refresh, 'refresh_token');
    if (newBot === undefined || newRefresh === undefined) return false;
    return await resealTokens(tx, {
      workspaceId,
      from: { bot, refresh },
      to: { bot: newBot, refresh: newRefresh },
    });
  });
}
