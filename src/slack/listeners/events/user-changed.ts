import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { inWorkspace } from '../../../db/tx.ts';
import { slackAccountChanged } from '../../../pipeline/act/give-back.ts';
import { sweepLeavers } from '../../../pipeline/act/sweep.ts';
import { storeReading } from '../../guard/store-reading.sql.ts';
import type { ListenerContext } from '../context.ts';

/**
 * Somebody's Slack account changed: the language and zone they set are kept; it may be deactivated, or in use again. What a
 * person held who is gone is given back to its team at once, instead of within a minute.
 */
export const onUserChange =
  ({ sql, workspaceId, logger }: ListenerContext) =>
  async ({ event }: SlackEventMiddlewareArgs<'user_change'> & AllMiddlewareArgs): Promise<void> => {
    const { id: slackUserId, deleted, locale, tz: zone } = event.user;
    await inWorkspace(sql, workspaceId, (tx) => storeReading(tx, { workspaceId, slackUserId, locale, zone }));
    const now = new Date();
    const said = { workspaceId, slackUserId, isGone: deleted === true, now };
    if (!(await slackAccountChanged(sql, said)) || !deleted) return;
    const swept = await sweepLeavers(sql, { workspaceId, now });
    logger.info({ slackUserId, ...swept }, 'a Slack account was deactivated; what it held went back');
  };
