import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** Telling somebody must not take from those who wait for an answer: so many at once, the others wait their turn. */
const AT_ONCE = 8;
const PATIENCE_MS = 2_000;

const POOLED = { keepAlive: true, maxSockets: AT_ONCE, scheduling: 'fifo' } as const;
const WAYS = {
  'http:': { agent: new HttpAgent(POOLED), request: httpRequest },
  'https:': { agent: new HttpsAgent(POOLED), request: httpsRequest },
} as const;

/**
 * The status that a web address answers to a JSON body, over a connection that is kept. Redirects are not followed.
 *
 * Throws: when nothing answers, or not within two seconds of its turn.
 */
export async function postJson(address: URL, value: unknown): Promise<number> {
  const way = address.protocol === 'http:' ? WAYS['http:'] : WAYS['https:'];
  const body = JSON.stringify(value);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return await new Promise((resolve, reject) => {
    const sent = way.request(address, { agent: way.agent, method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.once('error', reject);
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.once('socket', () => {
      const late = setTimeout(
        () => sent.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)),
        PATIENCE_MS,
      );
      sent.once('close', () => clearTimeout(late));
    });
    sent.end(body);
  });
}
