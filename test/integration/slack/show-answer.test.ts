import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../../../src/observe/logger.ts';
import type { ListenerContext } from '../../../src/slack/listeners/context.ts';
import { showAnswer } from '../../../src/slack/listeners/recon/show-answer.ts';
import { ORGANISATION } from '../../support/ledger.ts';

/** A response_url that takes no charts, or nothing at all. */
let takes: 'classic' | 'nothing' = 'classic';
const shown: { text: string }[] = [];
const told: unknown[] = [];

const slack = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += String(part);
  const isRefused = takes === 'nothing' || body.includes('data_visualization');
  if (!isRefused) shown.push(JSON.parse(body));
  response.writeHead(isRefused ? 400 : 200).end(isRefused ? 'invalid_blocks' : 'ok');
});

let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(slack.address() as AddressInfo).port}`;
});
afterAll(() => {
  slack.close();
});
beforeEach(() => {
  shown.length = 0;
  told.length = 0;
});

const contextOf = (): ListenerContext => ({
  sql: undefined as never,
  workspaceId: 'w',
  teamId: 'T',
  organisation: ORGANISATION,
  reconciliations: [],
  call: async (method, args) => {
    told.push([method, args]);
    return { kind: 'done', body: {} };
  },
  responseOrigins: [origin],
  prove: async () => ({ events: 0, problems: [], anchoredSeq: 0n }),
  rulesChanged: () => undefined,
  noteDenied: () => undefined,
  logger: createLogger({ level: 'silent' }),
});

const NATIVE = { text: 'Report', blocks: [{ type: 'data_visualization' }] };
const CLASSIC = { text: 'Report', blocks: [{ type: 'section' }] };
const where = () => ({ user_id: 'U1', channel_id: 'C1', response_url: `${origin}/commands/1` });

test('an answer whose charts Slack refuses is shown without them', async () => {
  takes = 'classic';
  await showAnswer(contextOf(), where(), { message: NATIVE, plainer: CLASSIC });
  expect(shown).toMatchObject([{ response_type: 'ephemeral', blocks: [{ type: 'section' }] }]);
  expect(told).toEqual([]);
});

test('an answer that its address does not take at all is told as text, to the person alone', async () => {
  takes = 'nothing';
  await showAnswer(contextOf(), where(), { message: NATIVE, plainer: CLASSIC });
  expect(told).toEqual([
    ['chat.postEphemeral', { channel: 'C1', user: 'U1', text: 'Report', parse: 'none', link_names: false }],
  ]);
});
