import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { Message } from '../../views/blocks.ts';
import { words } from '../../views/recon-answer.ts';
import type { ListenerContext } from '../context.ts';
import { faultWords, withinDeadline } from '../deadline.ts';
import { ask } from './ask.ts';

export const RECON = '/recon';

/**
 * `/recon …`: answered in the acknowledgement, seen by the person alone, in any channel and direct message. It only
 * reads, so the same command twice is simply answered twice.
 */
export const onRecon =
  (context: ListenerContext) =>
  async ({ ack, command }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const { text, blocks } = await answered(context, command);
    await ack({ response_type: 'ephemeral', text, blocks } as Parameters<typeof ack>[0]);
  };

/** A fault is told in the same place: the command itself never fails in Slack. */
async function answered(
  context: ListenerContext,
  { user_id: slackUserId, text }: { user_id: string; text: string },
): Promise<Message> {
  try {
    return await withinDeadline(ask(context, { slackUserId, text: unescaped(text), page: 0 }));
  } catch (error) {
    return words(faultWords(context, error, { command: RECON, userId: slackUserId }));
  }
}

/** Slack writes three signs of what was typed as entities. */
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
