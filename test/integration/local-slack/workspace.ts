import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type LocalSlack, startLocalSlack } from '../../../src/local-slack/server.ts';
import type { AppIdentity, LocalSlackOptions, WorkspaceSeed } from '../../../src/local-slack/types.ts';

export type Received = { headers: Record<string, unknown>; body: string; payload: Record<string, unknown> };
export type Reply = { status?: number; body?: unknown; afterMs?: number };

/** An app that keeps what it is sent and answers as told: 200 and nothing, unless said. */
export type FakeApp = {
  url: string;
  received: Received[];
  answer: (reply: Reply) => void;
  close: () => Promise<void>;
};

async function fakeApp(): Promise<FakeApp> {
  const received: Received[] = [];
  let reply: Reply = {};
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    received.push({ headers: request.headers, body, payload: payloadOf(body) });
    const { status = 200, body: said = '', afterMs = 0 } = reply;
    setTimeout(() => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof said === 'string' ? said : JSON.stringify(said));
    }, afterMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    received,
    answer: (next) => {
      reply = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function payloadOf(body: string): Record<string, unknown> {
  if (body.startsWith('{')) return JSON.parse(body);
  const form = new URLSearchParams(body);
  return JSON.parse(form.get('payload') ?? JSON.stringify(Object.fromEntries(form)));
}

export const SECRET = 'shhh';
export const TOKEN = 'xoxb-local';

export const SEED: WorkspaceSeed = {
  team: { id: 'T1', name: 'Acme', domain: 'acme' },
  users: [
    { id: 'U1', handle: 'ana', realName: 'Ana Lima', email: 'Ana@acme.test', tz: 'Europe/Lisbon' },
    { id: 'U2', handle: 'ben', realName: 'Ben Roy', email: 'ben@acme.test', tz: 'America/New_York' },
    { id: 'U3', handle: 'old', realName: 'Olga Past', email: 'old@acme.test', tz: 'UTC', deleted: true },
  ],
  channels: [
    { id: 'C1', name: 'media-ops' },
    { id: 'C2', name: 'finance', members: ['U2'] },
    { id: 'C3', name: 'lonely', bot: false },
    { id: 'C4', name: 'secret', isPrivate: true, bot: false, members: ['U2'] },
  ],
  usergroups: [{ id: 'S1', handle: 'leads', name: 'Leads', users: ['U1'] }],
};

export type Api = (method: string, args?: Record<string, unknown>, token?: string) => Promise<Json>;
// biome-ignore lint/suspicious/noExplicitAny: answers of the Web API are looked into field by field
export type Json = Record<string, any>;

export type TestWorkspace = { slack: LocalSlack; app: FakeApp; api: Api; stop: () => Promise<void> };

type TestOptions = Partial<Omit<LocalSlackOptions, 'app'>> & { app?: Partial<AppIdentity> };

/** A local Slack with a fake app behind it. */
export async function testWorkspace(options: TestOptions = {}): Promise<TestWorkspace> {
  const app = await fakeApp();
  const slack = await startLocalSlack({
    seed: SEED,
    app: {
      requestUrl: app.url,
      signingSecret: SECRET,
      botToken: TOKEN,
      appId: 'A1',
      botUserId: 'U0APP',
      name: 'Tieout',
      ...options.app,
    },
    ...withoutApp(options),
  });
  const api: Api = async (method, args = {}, token = TOKEN) => {
    const response = await fetch(`${slack.apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(
        Object.entries(args).map(([name, value]): [string, string] => [
          name,
          typeof value === 'object' ? JSON.stringify(value) : String(value),
        ]),
      ),
    });
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      ...((await response.json()) as Json),
    };
  };
  const stop = async () => {
    await slack.close();
    await app.close();
  };
  return { slack, app, api, stop };
}

const withoutApp = ({ app: _, ...rest }: TestOptions): Omit<TestOptions, 'app'> => rest;

export const plain = (text: string) => ({ type: 'plain_text', text });
const button = (actionId: string, value = '1') => ({
  type: 'button',
  action_id: actionId,
  value,
  text: plain(actionId),
});
export const card = [
  { type: 'actions', block_id: 'row', elements: [button('claim', 'ex-1'), button('resolve')] },
];
export const modal = (more: object = {}) => ({
  type: 'modal',
  callback_id: 'resolve',
  title: plain('Resolve'),
  submit: plain('Go'),
  blocks: [
    {
      type: 'input',
      block_id: 'note',
      label: plain('Note'),
      element: { type: 'plain_text_input', action_id: 'value' },
    },
  ],
  ...more,
});
