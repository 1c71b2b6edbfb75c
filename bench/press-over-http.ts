import { createHmac } from 'node:crypto';
import { type Agent, request } from 'node:http';
import { pointerTo, pressBody, SIGNING_SECRET } from '../test/support/slack-story.ts';

export type ClaimPress = {
  readonly user: string;
  readonly id: string;
  /** Where the person can be answered: Slack puts it into every press. */
  readonly responseUrl: string | undefined;
};

/** A request as Slack makes it, ready to be sent. */
export type SignedPress = { readonly headers: Record<string, string | number>; readonly body: string };

/** Claim pressed on a card's first version, signed now: to be sent within five minutes. `index` makes it a press of its own. */
export function signedPress({ user, id, responseUrl }: ClaimPress, index: number): SignedPress {
  const action = { action_id: 'claim', value: pointerTo(id, 1) };
  const actionTs = `1700000000.${String(index).padStart(6, '0')}`;
  const body = pressBody(action, { user, actionTs, ...(responseUrl === undefined ? {} : { responseUrl }) });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${mac}`,
    },
  };
}

/** Sends the press and resolves with the status of the answer; 0 without one. */
export async function pressOverHttp(agent: Agent, url: URL, { headers, body }: SignedPress): Promise<number> {
  return await new Promise((resolve) => {
    const sent = request(url, { agent, method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
      answer.once('error', () => resolve(0));
    });
    sent.once('error', () => resolve(0));
    sent.end(body);
  });
}
