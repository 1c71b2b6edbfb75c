import { createHmac } from 'node:crypto';
import { type Agent, request } from 'node:http';
import { pointerTo, pressBody, SIGNING_SECRET } from '../test/support/slack-story.ts';

export type ClaimPress = { readonly url: string; readonly user: string; readonly id: string };

let presses = 0;

/** Presses Claim on a card's first version as Slack would send it, and resolves with the status of the answer; 0 without one. */
export async function pressOverHttp(agent: Agent, { url, user, id }: ClaimPress): Promise<number> {
  presses += 1;
  const action = { action_id: 'claim', value: pointerTo(id, 1) };
  const body = pressBody(action, { user, actionTs: `1700000000.${String(presses).padStart(6, '0')}` });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  return await new Promise((resolve) => {
    const sent = request(
      url,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${mac}`,
        },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.on('error', () => resolve(0));
      },
    );
    sent.on('error', () => resolve(0));
    sent.end(body);
  });
}
