import { Fault } from '../../core/fault.ts';
import { readRetryAfter } from '../../core/retry-after.ts';
import type { Attempt, WebhookEndpoint } from '../../core/webhook-endpoint.ts';
import type { Resolve } from '../../net/reach.ts';
import { send } from '../../net/send.ts';
import { signedHeaders } from './sign.ts';

/** Enough to see what a receiver says is wrong; the rest is not read. */
const MOST_BYTES = 4_096;
const SHOWN = 300;

export type Sending = {
  readonly endpoint: WebhookEndpoint;
  readonly keys: readonly Buffer[];
  /** How host names become addresses; the system's way unless said. */
  readonly resolve?: Resolve | undefined;
};

/** Sends one message once, signed as of `at`, and says what it came to. Whatever the network does is an outcome. */
export async function attempt(
  { id, body, at }: { readonly id: string; readonly body: string; readonly at: Date },
  { endpoint, keys, resolve }: Sending,
): Promise<Attempt> {
  const { url, networks, timeoutMs } = endpoint;
  const headers = { 'content-type': 'application/json', ...signedHeaders({ id, at, body }, keys) };
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').toLowerCase();
  try {
    const answer = await send(
      { url, method: 'POST', headers, body },
      { reach: { hosts: [host], networks }, maxBytes: MOST_BYTES, longer: 'cut', timeMs: timeoutMs, resolve },
    );
    const isFine = answer.status >= 200 && answer.status < 300;
    return {
      status: answer.status,
      problem: isFine ? undefined : problemOf(answer.status, answer.body),
      askedMs: readRetryAfter(answer.headers['retry-after'], at.getTime()),
    };
  } catch (error) {
    if (error instanceof Fault) return { status: undefined, problem: error.message, askedMs: undefined };
    throw error;
  }
}

/** A receiver's words are anybody's: one line, and not long. */
function problemOf(status: number, body: Buffer): string {
  const said = body
    .toString('utf8')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, SHOWN);
  return said === '' ? `answered ${status}` : `answered ${status}: ${said}`;
}
