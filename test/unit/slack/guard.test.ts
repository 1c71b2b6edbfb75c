import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HttpServer, startHttp } from '../../../src/http/server.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import { allowOnly } from '../../../src/slack/guard/allow-list.ts';
import { guard, type Passed } from '../../../src/slack/guard/guard.ts';

const SECRET = 'a-signing-secret';
const NOW = 1_800_000_000;
const CLICK = JSON.stringify({
  type: 'block_actions',
  api_app_id: 'A_OK',
  team: { id: 'T_OK' },
  user: { id: 'U_OWNER', team_id: 'T_OK' },
  enterprise: null,
  actions: [
    {
      type: 'button',
      action_id: 'claim',
      value: '{"v":1,"id":"0190a1b2-0000-7000-8000-000000000001","version":3}',
      action_ts: '1.2',
    },
  ],
});
const FORM = 'application/x-www-form-urlencoded';
const asForm = (json: string): string => `payload=${encodeURIComponent(json)}`;

let server: HttpServer;
let passed: Passed[] = [];
let logged: { problem?: string; hint?: string }[] = [];

beforeAll(async () => {
  const slack = guard({
    signingSecret: SECRET,
    allowed: allowOnly({ teamId: 'T_OK', enterpriseId: undefined, appId: 'A_OK' }),
    logger: createLogger({ level: 'warn', write: (line) => logged.push(JSON.parse(line)) }),
    now: () => NOW * 1000,
    next: (press, response) => {
      passed.push(press);
      response.writeHead(200).end();
    },
  });
  server = await startHttp({ port: 0, host: '127.0.0.1', slack, site: new Hono() });
});

beforeEach(() => {
  passed = [];
  logged = [];
});

afterAll(async () => {
  await server.stop();
});

type Sent = {
  readonly body?: string | Buffer;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string | undefined>;
  readonly signedAs?: string;
};

/** Sends what is given, signed unless a header says otherwise; resolves with the status and the answer. */
function send({
  body = asForm(CLICK),
  method = 'POST',
  path = '/slack/events',
  headers = {},
  signedAs,
}: Sent) {
  const mac = createHmac('sha256', SECRET)
    .update(`v0:${signedAs ?? NOW}:`)
    .update(body)
    .digest('hex');
  const all = {
    'content-type': FORM,
    'x-slack-request-timestamp': String(NOW),
    'x-slack-signature': `v0=${mac}`,
    ...headers,
  };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const outgoing = request(
      { port: server.port, host: '127.0.0.1', method, path, headers: given },
      (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        answer.on('end', () => resolve({ status: answer.statusCode, text }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(method === 'GET' || method === 'TRACE' ? undefined : body);
  });
}

const json = { 'content-type': 'application/json' };

test('passes a signed press of our team on, with its payload', async () => {
  expect(await send({})).toMatchObject({ status: 200 });
  expect(passed).toEqual([{ payload: JSON.parse(CLICK), retryNum: undefined, retryReason: undefined }]);
});

test.each([
  ['a charset behind the content type', { headers: { 'content-type': `${FORM}; charset=utf-8` } }],
  ['a retry header on a request never seen', { headers: { 'x-slack-retry-num': '3' } }],
  [
    'a timestamp 300 s old',
    { headers: { 'x-slack-request-timestamp': String(NOW - 300) }, signedAs: String(NOW - 300) },
  ],
] satisfies [string, Sent][])('passes %s', async (_what, sent) => {
  expect(await send(sent)).toMatchObject({ status: 200 });
  expect(passed).toHaveLength(1);
});

const stamped = (timestamp: string, signedAs = timestamp): Sent => ({
  headers: { 'x-slack-request-timestamp': timestamp },
  signedAs,
});

test.each([
  ['a clock that is wrong', stamped(String(NOW - 301)), /clock of this machine.*tieout doctor/],
  ['the secret of another app', stamped(String(NOW), String(NOW - 1)), /SLACK_SIGNING_SECRET/],
] as const)('the log says what to look at behind %s', async (_what, sent, hint) => {
  await send(sent);
  expect(logged).toMatchObject([{ hint: expect.stringMatching(hint) }]);
});

const changed = (changes: object): Sent => ({
  body: asForm(JSON.stringify({ ...JSON.parse(CLICK), ...changes })),
});
const withValue = (value: unknown): Sent => changed({ actions: [{ action_id: 'claim', value }] });

const REFUSED: readonly [string, number, Sent][] = [
  ['no signature', 401, { headers: { 'x-slack-signature': undefined } }],
  ['another signature version', 401, { headers: { 'x-slack-signature': 'v1=00' } }],
  ['a signature without =', 401, { headers: { 'x-slack-signature': 'deadbeef' } }],
  ['a signature of another body', 401, { body: asForm(CLICK), signedAs: `${NOW}x` }],
  ['no timestamp', 401, { headers: { 'x-slack-request-timestamp': undefined } }],
  ['an empty timestamp', 401, stamped('')],
  ['a timestamp 301 s old', 401, stamped(String(NOW - 301))],
  ['a timestamp a year ahead', 401, stamped(String(NOW + 31_536_000))],
  ['a timestamp 301 s ahead', 401, stamped(String(NOW + 301))],
  ['a hexadecimal timestamp', 401, stamped(`0x${NOW.toString(16)}`, String(NOW))],
  ['an exponent in the timestamp', 401, stamped('1.8e9', String(NOW))],
  ['the body null', 400, { body: 'null', headers: json }],
  ['the body 42', 400, { body: '42', headers: json }],
  ['the body []', 400, { body: '[]', headers: json }],
  ['an empty body', 400, { body: '', headers: json }],
  ['JSON cut short', 400, { body: '{"type":', headers: json }],
  ['two payloads', 400, { body: `${asForm(CLICK)}&${asForm(CLICK)}` }],
  ['a payload that is null', 400, { body: 'payload=null' }],
  ['bytes that are no UTF-8', 400, { body: Buffer.from([0x70, 0x3d, 0xff, 0xfe]) }],
  [
    'ssl_check=true, unsigned',
    401,
    { body: `ssl_check=true&${asForm(CLICK)}`, headers: { 'x-slack-signature': undefined } },
  ],
  [
    'url_verification, unsigned',
    401,
    {
      body: '{"type":"url_verification","challenge":"x"}',
      headers: { ...json, 'x-slack-signature': undefined },
    },
  ],
  ['a compressed body', 415, { body: gzipSync('a'), headers: { 'content-encoding': 'gzip' } }],
  ['more than a mebibyte', 413, { body: Buffer.alloc(1_048_577, 'a') }],
  ['GET', 405, { method: 'GET' }],
  ['TRACE', 405, { method: 'TRACE' }],
  ['PUT', 405, { method: 'PUT' }],
  ['another spelling of the path', 404, { path: '//slack/events/../slack/events' }],
  ['another team', 403, changed({ team: { id: 'T_EVIL' } })],
  ['no team', 403, changed({ team: null })],
  ['a user of another team', 403, changed({ user: { id: 'U_OWNER', team_id: 'T_EVIL' } })],
  ['an enterprise', 403, changed({ enterprise: { id: 'E_EVIL' } })],
  ['another app', 403, changed({ api_app_id: 'A_OTHER' })],
  ['nobody who pressed', 400, changed({ user: undefined })],
  ['somebody without an id', 400, changed({ user: { team_id: 'T_OK' } })],
  ['no action', 400, changed({ actions: [] })],
  ['two actions', 400, changed({ actions: [{ action_id: 'details' }, { action_id: 'details' }] })],
  ['an action that is no object', 400, changed({ actions: ['claim'] })],
  ['an empty value', 400, withValue('')],
  ['a number for a value', 400, withValue(42)],
  ['a bare id for a value', 400, withValue('0190a1b2-0000-7000-8000-000000000001')],
  ['SQL for a value', 400, withValue('42; DROP TABLE exceptions;--')],
  [
    'a key too many in the value',
    400,
    withValue('{"v":1,"id":"0190a1b2-0000-7000-8000-000000000001","version":1,"role":"admin"}'),
  ],
  [
    'a version beyond an integer',
    400,
    withValue('{"v":1,"id":"0190a1b2-0000-7000-8000-000000000001","version":2147483648}'),
  ],
  ['a version of zero', 400, withValue('{"v":1,"id":"0190a1b2-0000-7000-8000-000000000001","version":0}')],
  ['a value of 2,001 characters', 400, withValue('9'.repeat(2_001))],
  [
    'an id with a NUL',
    400,
    withValue('{"v":1,"id":"0190a1b2-0000-7000-8000-00000000000\u0000","version":1}'),
  ],
];

test.each(REFUSED)('refuses %s with %i, and no handler runs', async (_what, status, sent) => {
  expect(await send(sent)).toEqual({ status, text: expect.not.stringContaining('claim') });
  expect(passed).toEqual([]);
  expect(await send({})).toMatchObject({ status: 200 });
});

test('answers the certificate check without running a handler, whatever rides along', async () => {
  const unsigned = { 'x-slack-signature': undefined };
  expect(await send({ body: `ssl_check=1&${asForm(CLICK)}`, headers: unsigned })).toMatchObject({
    status: 200,
  });
  expect(passed).toEqual([]);
});

test('echoes a signed challenge as JSON', async () => {
  const challenge = '<script>alert(1)</script>';
  const answer = await send({ body: JSON.stringify({ type: 'url_verification', challenge }), headers: json });
  expect(JSON.parse(answer.text)).toEqual({ challenge });
  expect(passed).toEqual([]);
});
