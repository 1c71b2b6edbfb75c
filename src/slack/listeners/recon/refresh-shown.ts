import type { AllMiddlewareArgs, AnyMiddlewareArgs, BlockAction } from '@slack/bolt';
import { exceptionLabel } from '../../../core/ids.ts';
import { readCardFacts } from '../../../db/cards/card-facts.sql.ts';
import { inWorkspace } from '../../../db/tx.ts';
import { readPointer } from '../../guard/pointer.ts';
import type { ListenerContext } from '../context.ts';
import { ask } from './ask.ts';
import { replaceAnswer } from './replace.ts';

/** Buttons that change nothing of what an answer shows, or open a form that will. */
const SHOWS_ONLY = /^(?:details|recon_page_|home_)/;

/**
 * After a press in an answer of `/recon show`, shows the exception anew in its place: only the card in the channel is
 * refreshed by the outbox, and a press that went through says nothing else.
 */
export const refreshShown =
  (context: ListenerContext) =>
  async ({ next, body }: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await next();
    if (!isPress(body) || body.container?.is_ephemeral !== true) return;
    const [action] = body.actions;
    const pointer = readPointer(action && 'value' in action ? action.value : undefined);
    if (!action || !pointer || SHOWS_ONLY.test(action.action_id)) return;
    try {
      await showAnew(context, body, pointer.exceptionId);
    } catch (error) {
      context.logger.warn({ err: error, ...pointer }, 'an answer of /recon show was not refreshed');
    }
  };

const isPress = (body: object): body is BlockAction => 'type' in body && body.type === 'block_actions';

async function showAnew(context: ListenerContext, body: BlockAction, exceptionId: string): Promise<void> {
  const { sql, workspaceId } = context;
  const [facts] = await inWorkspace(sql, workspaceId, (tx) => readCardFacts(tx, workspaceId, [exceptionId]));
  if (!facts) return;
  const text = `show ${exceptionLabel(facts.number)}`;
  const { message } = await ask(context, { slackUserId: body.user.id, text, page: 0 });
  await replaceAnswer(context, body.response_url, message);
}
