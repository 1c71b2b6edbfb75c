import type { App } from '@slack/bolt';
import type { Sql } from '../../db/client.ts';
import type { SealKeys } from '../../db/seal.ts';
import type { Logger } from '../../observe/logger.ts';
import type { CallSlack } from '../sender/web-api.ts';
import { readAccess } from './access.ts';
import { type UninstallReason, uninstall } from './uninstall.ts';

export type UninstallListenerOptions = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly teamId: string;
  readonly keys: SealKeys;
  readonly callWith: (token: string) => CallSlack;
  readonly onUninstalled: () => Promise<void>;
  readonly logger: Logger;
};

type Ended = { readonly reason: UninstallReason; readonly eventTimeS: number };

/** Listens for the end of an installation: both events come, in either order, and the second finds nothing to do. */
export function listenForUninstall(app: App, options: UninstallListenerOptions): void {
  app.event('app_uninstalled', async ({ body }) =>
    end(options, { reason: 'app_uninstalled', eventTimeS: body.event_time }),
  );
  app.event('tokens_revoked', async ({ event, body }) => {
    // Somebody's own token is none of ours: we hold the bot's alone.
    const revoked = event.tokens.bot ?? [];
    if (revoked.length > 0) await end(options, { reason: 'tokens_revoked', eventTimeS: body.event_time });
  });
}

async function end(options: UninstallListenerOptions, { reason, eventTimeS }: Ended): Promise<void> {
  const { sql, workspaceId, teamId, keys, logger } = options;
  const now = await readAccess({ sql, workspaceId, keys });
  if (now.kind === 'not_installed') return;
  if (now.kind === 'installed') {
    const { installedAt, token } = now.access;
    const isLate = eventTimeS < Math.floor(installedAt.getTime() / 1000);
    // Slack brings an event again for hours: it may be about an installation that is long replaced.
    if (isLate && (await stillWorks(options, token))) {
      logger.warn({ workspaceId, reason }, 'an old event about a former installation was left alone');
      return;
    }
  }
  if (await uninstall(sql, { workspaceId, teamId, reason })) {
    logger.warn(
      { workspaceId, teamId, reason },
      'the app was uninstalled from Slack; messages wait until it is back',
    );
  }
  await options.onUninstalled();
}

async function stillWorks({ callWith }: UninstallListenerOptions, token: string): Promise<boolean> {
  const outcome = await callWith(token)('auth.test', {});
  return outcome.kind === 'done';
}
