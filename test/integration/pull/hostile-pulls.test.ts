import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpPull, Pull } from '../../../src/core/pull.ts';
import { type Case, casesOf, missingReason } from '../../e2e/hostile-slack-cases.ts';
import { testDatabase } from '../../support/database.ts';
import { feedFrom, httpPullOf } from '../../support/feeds.ts';
import { pulling } from './setup.ts';

const database = await testDatabase();
const FEED = feedFrom(`
feed: rows
source: test
format: jsonl
zone: UTC
key: [id]
date: on
fields:
  id: { type: reference, from: id }
  on: { type: date, from: on, format: YYYY-MM-DD }
pull:
  http: { url: "https://source.test/", auth: { bearer: "\${TOKEN}" }, records: rows }
`);

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Names as the cases have them: private in every disguise, and one that changes its mind. */
const NAMES: Readonly<Record<string, string>> = {
  localhost: '127.0.0.1',
  'metadata.google.internal': '169.254.169.254',
  'rebind.test': '127.0.0.1',
  'ok.test': '10.9.8.7',
};
const resolve = async (host: string) => {
  const embedded = /(\d+\.\d+\.\d+\.\d+)\.nip\.io$/.exec(host)?.[1];
  return [{ address: NAMES[host] ?? embedded ?? '10.0.0.1', family: 4 }];
};

const CODES: Readonly<Record<string, readonly string[]>> = {
  reject_forbidden: ['address_refused'],
  timeout_close: ['answer_late'],
  reject_too_large: ['answer_too_large', 'pull_too_large'],
  reject_loop: ['pages_repeat'],
  reject_malformed: ['answer_unreadable'],
  alert_ops: ['source_unauthorized', 'source_empty', 'source_failed', 'source_busy'],
};

type Response = {
  drip_bytes_per_s?: number;
  content_length?: number;
  http?: number;
  json?: unknown;
  body?: string;
  headers?: Record<string, string>;
};

const answering = (response: Response): Promise<string> =>
  serving((_request, answer) => {
    if (response.drip_bytes_per_s !== undefined) {
      const timer = setInterval(() => answer.write(' '), 1000 / response.drip_bytes_per_s);
      answer.on('close', () => clearInterval(timer));
      answer.write(' ');
      return;
    }
    const length =
      response.content_length === undefined ? {} : { 'content-length': String(response.content_length) };
    answer.writeHead(response.http ?? 200, { ...response.headers, ...length });
    const body = response.body ?? JSON.stringify(response.json ?? { rows: [] });
    if (response.content_length === undefined) answer.end(body);
    else answer.write(body);
  });

async function pullCase(declared: HttpPull & Pull) {
  const at = await pulling(database, FEED);
  Object.assign(at.world, { resolve });
  const error: { code?: string } = await at.pull(declared).then(
    () => ({ code: 'pulled' }),
    (thrown: { code?: string }) => thrown,
  );
  return { code: error.code, trail: await at.trail(), records: await at.records(), state: await at.state() };
}

const hosts = (url: string): string[] =>
  URL.canParse(url) ? [new URL(url).hostname.replace(/^\[|\]$/g, '')] : [];

if (missingReason) console.warn(`hostile pulls were not made: ${missingReason}`);

const given = (each: Case) => [each.id, each.expect.note, each] as const;
const CASES = casesOf('ingest.pull').map(given);

describe.skipIf(missingReason !== undefined)('a hostile source', () => {
  it.each(CASES.filter(([, , { input }]) => input.source_url !== undefined))(
    '%s: %s is refused',
    async (_id, _note, { input }) => {
      const url = String(input.source_url).split(' ')[0] ?? '';
      // Also as https, where the scheme is no reason.
      for (const address of [url, url.replace(/^http:/, 'https:')]) {
        const outcome = await pullCase({ ...httpPullOf(FEED), url: address, hosts: hosts(address) });
        expect(outcome).toMatchObject({
          code: 'address_refused',
          trail: ['connector.url_refused'],
          records: [],
        });
      }
    },
  );

  it.each(CASES.filter(([, , { input }]) => input.response !== undefined))(
    '%s: %s ends as it must',
    async (_id, _note, { input, expect: wanted }) => {
      const url = await answering(input.response);
      const declared = httpPullOf(FEED);
      const limits = { ...declared.limits, answerMs: 250 };
      const outcome = await pullCase({
        ...declared,
        url,
        networks: ['127.0.0.1'],
        limits,
        needsRecords: true,
      });
      expect(CODES[wanted.outcome]).toContain(outcome.code);
      expect(outcome.records).toEqual([]);
      expect(outcome.state).toMatchObject({ cursor: null, code: outcome.code });
      expect(outcome.trail).toEqual(wanted.audit ? [wanted.audit] : []);
    },
  );
});

describe('a source without an end', () => {
  const pages = {
    kind: 'cursor',
    from: ['next'],
    fromLast: false,
    to: { in: 'query', name: 'after' },
    more: undefined,
  } as const;
  const row = (n: number) => ({ id: `r${n}`, on: '2026-11-01' });

  it.each([
    [
      'leads back to a page that was read',
      (n: number) => ({ rows: [row(n)], next: `p${n % 3}` }),
      'pages_repeat',
    ],
    [
      'sends the same page under ever new names',
      (n: number) => ({ rows: [row(1)], next: `p${n}` }),
      'pages_repeat',
    ],
    ['has ever new pages', (n: number) => ({ rows: [row(n)], next: `p${n}` }), 'pull_too_large'],
    ['has ever new empty pages', (n: number) => ({ rows: [], next: `p${n}` }), 'pull_too_large'],
    ['has no list any more', () => ({ data: [] }), 'answer_unreadable'],
    ['has something else than a list', () => ({ rows: { id: 1 } }), 'answer_unreadable'],
  ])('that %s is given up, and nothing of it is kept', async (_what, page, code) => {
    let count = 0;
    const url = await serving((_request, answer) => {
      count += 1;
      answer.end(JSON.stringify(page(count)));
    });
    const declared = httpPullOf(FEED);
    const limits = { ...declared.limits, pages: 20 };
    const outcome = await pullCase({ ...declared, url, networks: ['127.0.0.1'], pages, limits });
    expect(outcome).toMatchObject({ code, records: [], trail: [] });
  });

  it.each([
    ['breaks off', '{"rows": [{"id": "r1"'],
    ['is no JSON', '<html>maintenance</html>'],
    ['is nested without end', '['.repeat(200_000)],
    ['is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
  ])('whose answer %s changes nothing', async (_what, body) => {
    const url = await serving((_request, answer) => void answer.end(body));
    const outcome = await pullCase({ ...httpPullOf(FEED), url, networks: ['127.0.0.1'] });
    expect(outcome).toMatchObject({ code: 'answer_unreadable', records: [] });
  });
});
