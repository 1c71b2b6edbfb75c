import { AS_WRITTEN } from '../as-written.ts';
import type { ListenerContext } from './context.ts';
import { postJson } from './post-json.ts';

/** Where a person pressed, as far as it helps to answer only them. */
export type Place = {
  readonly userId: string;
  readonly channelId: string | undefined;
  /** The thread in it. */
  readonly threadTs?: string | undefined;
  readonly responseUrl: string | undefined;
};

/**
 * Says something to one person: at the place where they pressed, else as a direct message. `words` are escaped mrkdwn.
 *
 * A click is never silent: when every way fails, the log has the words and whom they were for.
 */
export async function tell(context: ListenerContext, place: Place, words: string): Promise<void> {
  if (await respond(context, place.responseUrl, words)) return;
  const { userId, channelId, threadTs } = place;
  if (channelId !== undefined) {
    const told = await context.call('chat.postEphemeral', {
      channel: channelId,
      user: userId,
      text: words,
      ...AS_WRITTEN,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    });
    if (told.kind === 'done') return;
  }
  const told = await context.call('chat.postMessage', {
    channel: userId,
    text: words,
    ...AS_WRITTEN,
    unfurl_links: false,
  });
  if (told.kind !== 'done')
    context.logger.error({ userId, words, outcome: told.kind }, 'a person could not be told');
}

/** Whether the words went through the request's own answer address. Only Slack's hosts are ever called. */
async function respond(context: ListenerContext, url: string | undefined, words: string): Promise<boolean> {
  if (url === undefined || !URL.canParse(url) || !context.responseOrigins.includes(new URL(url).origin))
    return false;
  try {
    const said = { response_type: 'ephemeral', replace_original: false, text: words, ...AS_WRITTEN };
    const status = await postJson(new URL(url), said);
    return status >= 200 && status < 300;
  } catch (error) {
    context.logger.warn({ err: error }, 'response_url did not answer; telling by another way');
    return false;
  }
}
