import type { BlockAction, Middleware, SlackActionMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { teamReader } from '../../views/reader.ts';
import { RECON_PAGE } from '../../views/recon-list.ts';
import type { ListenerContext } from '../context.ts';
import { askedFaultWords, withinDeadline } from '../deadline.ts';
import { placeOf } from '../press.ts';
import { tell } from '../tell.ts';
import { ask } from './ask.ts';
import { replaceAnswer } from './replace.ts';

export const RECON_PAGE_ACTION = new RegExp(`^${RECON_PAGE}\\d{1,5}$`);

/** The press is acknowledged already, so its page may take its time. */
const PATIENCE_MS = 10_000;

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
    let reader = teamReader(context.organisation, undefined);
    const known = (who: typeof reader): void => {
      reader = who;
    };
    const wanted = readValue(body);
    if (!wanted) {
      await tell(context, place, reader.words.recon.strangeButton);
      return;
    }
    try {
      const { command, page } = wanted;
      const asked = { slackUserId: body.user.id, text: command, page, known };
      const { message } = await withinDeadline(ask(context, asked), PATIENCE_MS);
      if (await replaceAnswer(context, body.response_url, message)) return;
      await tell(context, place, reader.words.recon.oldList);
    } catch (error) {
      await tell(
        context,
        place,
        askedFaultWords(context, error, { action: RECON_PAGE, userId: body.user.id, reader }),
      );
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
