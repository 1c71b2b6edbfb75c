import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requestKey } from '../../src/slack/guard/request-key.ts';
import { TEAM } from './slack-story.ts';

/** A press on its way to the app, and the status the app answered; 0 when the connection broke. */
export type Heard = { readonly requestKey: string; readonly actionId: string; readonly status: number };

export type PressRecorder = {
  readonly url: string;
  readonly heard: readonly Heard[];
  readonly stop: () => Promise<void>;
};

const SIGNED = ['content-type', 'x-slack-request-timestamp', 'x-slack-signature'] as const;

/** Stands between the local Slack and the app at `target`: hands every press on as it came, and keeps its answer. */
export async function startPressRecorder(target: string): Promise<PressRecorder> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    void handOn(target, request, response).then((press) => heard.push(press));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    heard,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function handOn(target: string, request: IncomingMessage, response: ServerResponse): Promise<Heard> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const headers = Object.fromEntries(SIGNED.map((name) => [name, String(request.headers[name])]));
  const answer = await fetch(target, { method: 'POST', headers, body }).catch(() => undefined);
  if (answer === undefined) request.socket.destroy();
  else response.writeHead(answer.status).end(await answer.text());
  return { ...nameOf(body.toString('utf8')), status: answer?.status ?? 0 };
}

type Payload = {
  readonly user: { readonly id: string };
  readonly actions: readonly {
    readonly action_id: string;
    readonly action_ts: string;
    readonly value: string;
  }[];
};

function nameOf(body: string): Omit<Heard, 'status'> {
  const payload = JSON.parse(new URLSearchParams(body).get('payload') ?? '') as Payload;
  const [action] = payload.actions;
  if (!action) throw new Error('a press without an action');
  const { id } = JSON.parse(action.value) as { id: string };
  const parts = [TEAM, payload.user.id, action.action_id, action.action_ts, id];
  return { requestKey: requestKey(parts), actionId: action.action_id };
}
