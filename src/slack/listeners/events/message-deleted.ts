import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { forgetMissing } from '../../../db/lanes/forget-missing.sql.ts';
import { insertLines, lineOfDeleted } from '../../../db/lanes/insert-lines.sql.ts';
import { wakeSender } from '../../../db/outbox/wake-sender.sql.ts';
import { inWorkspace } from '../../../db/tx.ts';
import type { ListenerContext } from '../context.ts';

/**
 * Somebody deleted a message: when it was a card, it is posted anew. The manifest does not ask for these events, since they
 * come with every message of a channel; an app that gets them need not wait for the patrol.
 */
export const onMessage =
  ({ sql, workspaceId }: ListenerContext) =>
  async ({ event }: SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs): Promise<void> => {
    if (event.subtype !== 'message_deleted') return;
    const gone = { workspaceId, channelId: event.channel, tss: [event.deleted_ts] };
    await inWorkspace(sql, workspaceId, async (tx) => {
      const cards = await forgetMissing(tx, gone);
      if (cards.length === 0) return;
      await insertLines(tx, workspaceId, cards.flatMap(lineOfDeleted));
      await wakeSender(tx, workspaceId);
    });
  };
