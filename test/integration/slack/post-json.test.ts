import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { postJson } from '../../../src/slack/listeners/post-json.ts';

let server: Server;
let address: URL;
let answer: (response: ServerResponse) => void;
let heard: { url: string | undefined; body: string }[];
let connections = 0;

beforeAll(async () => {
  server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    heard.push({ url: request.url, body: await text(request) });
    answer(response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/actions/1`);
});

beforeEach(() => {
  heard = [];
  answer = (response) => void response.writeHead(200).end('ok');
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('brings the value and returns the status', async () => {
  expect(await postJson(address, { text: 'Ana claimed it — €5' })).toBe(200);
  expect(heard).toEqual([{ url: '/actions/1', body: '{"text":"Ana claimed it — €5"}' }]);
});

test('returns the status of what was not taken, and follows no redirect', async () => {
  answer = (response) => void response.writeHead(302, { location: '/elsewhere' }).end();

  expect(await postJson(address, {})).toBe(302);
  expect(heard.map(({ url }) => url)).toEqual(['/actions/1']);
});

test('brings a hundred over eight connections at most', async () => {
  const before = connections;

  const statuses = await Promise.all(Array.from({ length: 100 }, () => postJson(address, {})));

  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(connections - before).toBeLessThanOrEqual(8);
});

test('gives up on an address that does not answer', async () => {
  answer = () => {};

  await expect(postJson(address, {})).rejects.toThrow('no answer within 2000 ms');
});

test('gives up on an address where nobody is', async () => {
  await expect(postJson(new URL('http://127.0.0.1:9/'), {})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
