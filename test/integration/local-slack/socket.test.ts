import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type Socket, connect as tcp } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LocalSlack } from '../../../src/local-slack/server.ts';
import { FrameReader, OPCODE } from '../../../src/local-slack/socket/frames.ts';
import { SECRET, type TestWorkspace, TOKEN, testWorkspace } from './workspace.ts';

const APP_TOKEN = 'xapp-local';
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
let workspace: TestWorkspace;
let slack: LocalSlack;
let clients: Client[] = [];

type Message = { type: string; envelope_id: string; [field: string]: unknown };
type Client = {
  status: string;
  messages: Message[];
  send: (opcode: number, text: string, options?: { fin?: boolean; mask?: boolean }) => void;
  ack: (index: number, payload?: object) => void;
  isClosed: () => boolean;
  socket: Socket;
};

beforeEach(async () => {
  workspace = await testWorkspace({
    ackMs: 300,
    app: {
      requestUrl: 'http://127.0.0.1:9/',
      signingSecret: SECRET,
      botToken: TOKEN,
      appToken: APP_TOKEN,
      appId: 'A1',
      botUserId: 'U0APP',
      events: ['message.channels'],
    },
  });
  slack = workspace.slack;
  clients = [];
});

afterEach(async () => {
  for (const client of clients) client.socket.destroy();
  await workspace.stop();
});

/** As a client sends it: masked. */
function frame(opcode: number, text: string, { fin = true, mask = true } = {}): Buffer {
  const payload = Buffer.from(text);
  const key = Buffer.from([1, 2, 3, 4]);
  const masked = Buffer.from(payload.map((byte, index) => byte ^ (key[index % 4] ?? 0)));
  const head = Buffer.from([(fin ? 0x80 : 0) | opcode, (mask ? 0x80 : 0) | payload.length]);
  return Buffer.concat(mask ? [head, key, masked] : [head, payload]);
}

async function addressFor(token = APP_TOKEN): Promise<URL> {
  const opened = await workspace.api('apps.connections.open', {}, token);
  return new URL(String(opened.url));
}

async function open(address: URL): Promise<Client> {
  const socket = tcp(Number(address.port), address.hostname);
  const messages: Message[] = [];
  socket.on('error', () => undefined);
  socket.write(
    `GET ${address.pathname} HTTP/1.1\r\nhost: ${address.host}\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${KEY}\r\n\r\n`,
  );
  const [first] = (await once(socket, 'data')) as [Buffer];
  const end = first.indexOf('\r\n\r\n') + 4;
  const take = unmaskedReader(messages);
  take(first.subarray(end));
  socket.on('data', take);
  const client: Client = {
    status: first.subarray(0, end).toString(),
    messages,
    send: (opcode, text, options) => socket.write(frame(opcode, text, options)),
    ack: (index, payload) =>
      client.send(OPCODE.text, JSON.stringify({ envelope_id: messages[index]?.envelope_id, payload })),
    isClosed: () => socket.destroyed || socket.readableEnded,
    socket,
  };
  clients.push(client);
  return client;
}

/** Short text frames of a server, whole in what arrives; other kinds are kept by their opcode. */
function unmaskedReader(messages: Message[]): (chunk: Buffer) => void {
  return (chunk) => {
    let rest = chunk;
    while (rest.length > 1) {
      const long = rest[1] === 126;
      const size = long ? rest.readUInt16BE(2) : (rest[1] ?? 0);
      const start = long ? 4 : 2;
      const text = rest.subarray(start, start + size).toString();
      const opcode = (rest[0] ?? 0) & 0x0f;
      messages.push(
        opcode === OPCODE.text
          ? (JSON.parse(text) as Message)
          : { type: `opcode ${opcode}`, envelope_id: '', text },
      );
      rest = rest.subarray(start + size);
    }
  };
}

const typesOf = (client: Client) => client.messages.map((message) => message.type);
const heard = (client: Client, count: number) =>
  slack.waitFor(() => client.messages.length >= count, { what: `${count} messages` });
const slash = () => slack.as('U1').slash({ channel: 'media-ops', command: '/recon' });

test('an address is given to the app token alone, and opens one connection only', async () => {
  expect(await workspace.api('apps.connections.open', {}, TOKEN)).toMatchObject({
    ok: false,
    error: 'not_allowed_token_type',
  });
  expect(await workspace.api('auth.test', {}, APP_TOKEN)).toMatchObject({ error: 'not_allowed_token_type' });
  const address = await addressFor();
  expect(address.protocol).toBe('ws:');
  const client = await open(address);
  await heard(client, 1);
  expect(client.status).toContain(
    createHash('sha1').update(`${KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64'),
  );
  expect(client.messages[0]).toMatchObject({
    type: 'hello',
    num_connections: 1,
    connection_info: { app_id: 'A1' },
  });
  expect((await open(address)).status).toContain('403');
  expect((await open(new URL('/elsewhere', address))).status).toContain('404');
});

test('an envelope comes on one connection, and its acknowledgement carries the answer', async () => {
  const one = await open(await addressFor());
  const two = await open(await addressFor());
  await heard(two, 1);
  const answered = slash();
  await slack.waitFor(() => one.messages.length + two.messages.length === 3, { what: 'the envelope' });
  const [taker] = [one, two].filter((client) => client.messages.length === 2);
  expect(taker?.messages[1]).toMatchObject({
    type: 'slash_commands',
    accepts_response_payload: true,
    payload: { command: '/recon', team_id: 'T1', user_id: 'U1' },
  });
  taker?.ack(1, { text: 'Hello' });
  expect(await answered).toMatchObject({ status: 200, body: '{"text":"Hello"}' });
  expect(slack.ephemerals('U1').at(-1)?.text).toBe('Hello');
});

test('what nobody acknowledges in time comes again with its number, and the person is told', async () => {
  const client = await open(await addressFor());
  expect(await slash()).toMatchObject({ status: 0, notice: expect.stringContaining('operation_timeout') });
  await heard(client, 3);
  expect(client.messages[2]).toMatchObject({
    envelope_id: client.messages[1]?.envelope_id,
    retry_attempt: 1,
    retry_reason: 'timeout',
  });
  client.ack(2);
  await slack.waitFor(() => slack.deliveries().at(-1)?.status === 200, { what: 'the acknowledgement' });
  expect(slack.deliveries().map(({ status, retry }) => [status, retry])).toEqual([
    [0, 0],
    [200, 1],
  ]);
});

test('an event comes as it is subscribed to', async () => {
  const client = await open(await addressFor());
  slack.as('U1').say({ channel: 'media-ops', text: 'hello' });
  await heard(client, 2);
  expect(client.messages[1]).toMatchObject({
    type: 'events_api',
    accepts_response_payload: false,
    payload: { type: 'event_callback', event: { type: 'message', text: 'hello' } },
  });
  client.ack(1);
});

test('without a connection a press fails, and says why', async () => {
  expect(await slash()).toMatchObject({ status: 0, notice: expect.stringContaining('dispatch_failed') });
  expect(slack.notices('U1').at(-1)?.detail).toContain('Socket Mode');
});

test('the eleventh connection is sent away', async () => {
  for (let index = 0; index < 10; index += 1) await open(await addressFor());
  const client = await open(await addressFor());
  await heard(client, 1);
  expect(client.messages).toEqual([
    expect.objectContaining({ type: 'disconnect', reason: 'too_many_websockets' }),
  ]);
  expect(slack.connections()).toBe(10);
});

test('a connection that is asked to come again gets nothing more, and may still acknowledge', async () => {
  const client = await open(await addressFor());
  await heard(client, 1);
  const answered = slash();
  await heard(client, 2);
  expect(slack.admin.disconnect()).toBe(1);
  await heard(client, 3);
  expect(client.messages[2]).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
  client.ack(1);
  expect(await answered).toMatchObject({ status: 200 });
  expect(slack.connections()).toBe(0);
});

test('pings are answered, and a message in pieces is one message', async () => {
  const client = await open(await addressFor());
  await heard(client, 1);
  client.send(OPCODE.ping, 'are you there');
  await heard(client, 2);
  expect(client.messages[1]).toMatchObject({ type: 'opcode 10', text: 'are you there' });
  const answered = slash();
  await heard(client, 3);
  client.send(OPCODE.text, '{"envelope_id":', { fin: false });
  client.send(OPCODE.continuation, JSON.stringify(client.messages[2]?.envelope_id), { fin: false });
  client.send(OPCODE.continuation, '}');
  expect(await answered).toMatchObject({ status: 200 });
});

test.each([
  ['is not masked', (client: Client) => client.send(OPCODE.text, '{}', { mask: false })],
  ['is binary', (client: Client) => client.send(OPCODE.binary, 'x')],
])('a frame that %s ends the connection', async (_, send) => {
  const client = await open(await addressFor());
  await heard(client, 1);
  send(client);
  await heard(client, 2);
  expect(typesOf(client)).toEqual(['hello', 'opcode 8']);
  await slack.waitFor(client.isClosed, { what: 'the end' });
  expect(slack.connections()).toBe(0);
});

test('frames are read however the network cut them', () => {
  const long = 'x'.repeat(100);
  const bytes = Buffer.concat([frame(OPCODE.text, 'one'), frame(OPCODE.text, long)]);
  const reader = new FrameReader();
  const frames = [...bytes].flatMap((byte) => reader.push(Buffer.from([byte])));
  expect(frames.map(({ payload }) => payload.toString())).toEqual(['one', long]);
});
