import type { Message } from '../../views/blocks.ts';
import type { ListenerContext } from '../context.ts';

const PATIENCE_MS = 2_000;

/** Puts a new answer in the place of the one that was pressed; whether Slack took it. Only Slack's hosts are called. */
export async function replaceAnswer(
  { responseOrigins, logger }: ListenerContext,
  url: string | undefined,
  message: Message,
): Promise<boolean> {
  if (url === undefined || !URL.canParse(url) || !responseOrigins.includes(new URL(url).origin)) return false;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: true, ...message }),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answer.ok;
  } catch (error) {
    logger.warn({ err: error }, 'response_url did not take a new answer');
    return false;
  }
}
