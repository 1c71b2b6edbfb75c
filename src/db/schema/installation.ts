import { sql } from 'drizzle-orm';
import { check, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { tieout, workspaceId } from './tieout.ts';

/** The Slack app as installed in the workspace's Slack team by OAuth. Tokens are sealed: only the application opens them. */
export const installation = tieout.table(
  'installation',
  {
    workspaceId: workspaceId(),
    slackTeamId: text('slack_team_id').notNull(),
    slackEnterpriseId: text('slack_enterprise_id'),
    appId: text('app_id').notNull(),
    botId: text('bot_id').notNull(),
    botUserId: text('bot_user_id').notNull(),
    scopes: text('scopes').array().notNull(),
    /** Null once uninstalled: the tokens are gone, the row and the trail stay. */
    botTokenSealed: text('bot_token_sealed'),
    refreshTokenSealed: text('refresh_token_sealed'),
    tokenExpiresAt: timestamp('token_expires_at', { withTimezone: true }),
    /** From when on the token is to be exchanged for a new pair; null when it does not expire. */
    refreshAt: timestamp('refresh_at', { withTimezone: true }),
    /** Whoever exchanges it holds this, because a refresh token works once; no lock is held while Slack is asked. */
    refreshLease: uuid('refresh_lease'),
    refreshLeaseUntil: timestamp('refresh_lease_until', { withTimezone: true }),
    /** Slack's word on the last attempt that failed; null after one that succeeded. */
    refreshProblem: text('refresh_problem'),
    installedBy: text('installed_by'),
    installedAt: timestamp('installed_at', { withTimezone: true }).notNull(),
    uninstalledAt: timestamp('uninstalled_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'installation_pk', columns: [t.workspaceId] }),
    check(
      'installation_purged_check',
      sql`(${t.uninstalledAt} is null) = (${t.botTokenSealed} is not null) and (${t.uninstalledAt} is null or ${t.refreshTokenSealed} is null)`,
    ),
  ],
);
