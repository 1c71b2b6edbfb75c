import type { BlockAction, Middleware, SlackActionMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { RECON_PAGE } from '../../views/recon-list.ts';
import type { ListenerContext } from '../context.ts';
import { faultWords, withinDeadline } from '../deadline.ts';
import { placeOf } from '../press.ts';
import { tell } from '../tell.ts';
import { ask } from './ask.ts';
import { replaceAnswer } from './replace.ts';

export const RECON_PAGE_ACTION = new RegExp(`^${RECON_PAGE}\\d{1,5}$`);

const valueShape = z.strictObject({
  v: z.literal(1),
  command: z.string().max(300),
  page: z.int().min(0).max(99_999),
});

/** Next and Previous of a list: asks again as the person who pressed, and replaces the answer in place. */
export const onReconPage =
  (context: ListenerContext): Middleware<SlackActionMiddlewareArgs<BlockAction>> =>
  async ({ ack, body }) => {
    await ack();
    const place = placeOf(body);
    const asked = readValue(body);
    if (!asked) {
      await tell(context, place, 'This button is not one of mine any more. Type /recon list again.');
      return;
    }
    try {
      const { command, page } = asked;
      const answer = await withinDeadline(ask(context, { slackUserId: body.user.id, text: command, page }));
      if (await replaceAnswer(context, body.response_url, answer)) return;
      await tell(context, place, 'This list is too old to turn its pages. Type /recon list again.');
    } catch (error) {
      await tell(context, place, faultWords(context, error, { action: RECON_PAGE, userId: body.user.id }));
    }
  };

function readValue(body: BlockAction): z.infer<typeof valueShape> | undefined {
  const action = body.actions[0];
  const text = action && 'value' in action ? action.value : undefined;
  try {
    return valueShape.safeParse(JSON.parse(typeof text === 'string' ? text : '')).data;
  } catch {
    return undefined;
  }
}
