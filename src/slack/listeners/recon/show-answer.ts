import type { ListenerContext } from '../context.ts';
import { tell } from '../tell.ts';
import type { Answer } from './asking.ts';
import { replaceAnswer } from './replace.ts';

/** Where a command was typed, as Slack says it. */
export type Where = { readonly user_id: string; readonly channel_id: string; readonly response_url: string };

/** Shows the answer by the command's own address, plainer when Slack refuses its looks, else as bare text. */
export async function showAnswer(
  context: ListenerContext,
  where: Where,
  { message, plainer }: Answer,
): Promise<void> {
  const { user_id: userId, channel_id: channelId, response_url: responseUrl } = where;
  for (const form of [message, plainer]) {
    if (form && (await replaceAnswer(context, responseUrl, form))) return;
  }
  await tell(context, { userId, channelId, responseUrl: undefined }, message.text);
}
