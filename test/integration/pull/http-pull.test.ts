import { afterEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import { feedFrom, httpPullOf } from '../../support/feeds.ts';
import { type Provider, type ProviderOptions, pullFrom, startProvider } from '../../support/provider.ts';
import { ENV, pulling } from './setup.ts';

const database = await testDatabase();
const providers: Provider[] = [];
afterEach(async () => {
  for (const provider of providers.splice(0)) await provider.stop();
});

const FEED = (http: string) => `
feed: charges
source: test
format: jsonl
zone: UTC
key: [id]
amount: amount
date: changed
fields:
  id: { type: reference, from: id }
  amount: { type: money, from: amount, currency: USD, unit: minor }
  changed: { type: instant, from: changed_at, format: "YYYY-MM-DDTHH:mm:ssZ" }
pull:
  http:
    url: https://api.provider.example/v1/charges
${http.replaceAll(/^/gm, '    ')}
`;

const SINCE =
  'query: { changed_from: "{since}" }\nsince: { field: changed_at, start: 2026-01-01, look_back: 1d }';
const BEARER = 'auth: { bearer: "${TOKEN}" }';

const charge = (n: number, changed = '2026-11-01T00:00:00Z', amount = 100 + n) => ({
  id: `ch_${String(n).padStart(4, '0')}`,
  amount,
  changed_at: changed,
});
const charges = (n: number) => Array.from({ length: n }, (_, index) => charge(index + 1));

async function provided(http: string, options: Partial<ProviderOptions> = {}) {
  const feed = feedFrom(FEED(http));
  const declared = httpPullOf(feed);
  const provider = await startProvider({
    records: charges(25),
    pageSize: 10,
    token: ENV.TOKEN,
    pull: declared,
    ...options,
  });
  providers.push(provider);
  return { provider, declared: pullFrom(declared, provider.origin), ...(await pulling(database, feed)) };
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'pulled',
    (error: { code?: string }) => error.code,
  );

const WAYS: readonly [name: string, http: string][] = [
  [
    'a cursor in the answer',
    `${BEARER}\nrecords: data.items\npages: { cursor: { from: paging.next, to: query.after } }`,
  ],
  [
    'a cursor that is the last record',
    `${BEARER}\nrecords: data\npages: { cursor: { from: last.id, to: query.starting_after, more: has_more } }`,
  ],
  [
    'a cursor in the body',
    `method: POST\nbody: { query: all, page: { size: 10 } }\n${BEARER}\nrecords: results\npages: { cursor: { from: next, to: body.page.token } }`,
  ],
  ['the next address in the answer', `${BEARER}\nrecords: records\npages: { next: nextRecordsUrl }`],
  [
    'the header Link',
    `auth: { header: { name: X-Access-Token, value: "\${TOKEN}" } }\nrecords: orders\npages: { link: next }`,
  ],
  [
    'page numbers',
    `auth: { query: { name: key, value: "\${TOKEN}" } }\nrecords: ""\npages: { page: { to: query.page, size: 10 } }`,
  ],
  [
    'an offset',
    `auth: { basic: { user: me, password: "\${TOKEN}" } }\nrecords: values\npages: { offset: { to: query.startAt, size: 10 } }`,
  ],
  [
    'an offset within a query',
    `${BEARER}\nquery: { q: "select * start {offset} max {size}" }\nrecords: values\npages: { offset: { first: 1, size: 10 } }`,
  ],
  ['one page', `${BEARER}\nrecords: values`],
];

describe('a source that pages by', () => {
  it.each(WAYS)(
    '%s is read to the end, each record once, though it is busy now and then',
    async (_name, http) => {
      const { provider, declared, pull, records } = await provided(http, { busyEvery: 2 });
      const report = await pull(declared);

      expect(report.deliveries).toMatchObject([
        { status: 'accepted', rowsRead: 25, rowsNew: 25, rowsQuarantined: 0 },
      ]);
      expect(await records()).toHaveLength(25);
      expect(provider.turnedAway.unauthorized).toBe(0);
    },
  );
});

describe('a source that lets tokens expire', () => {
  const oauth = (grant: string, more = '') =>
    `auth: { oauth: { grant: ${grant}, url: "https://login.provider.example/token", client_id: "\${CLIENT_ID}", client_secret: "\${CLIENT_SECRET}"${more} } }\nrecords: data\npages: { cursor: { from: next, to: query.after } }`;

  it.each([
    ['client credentials', oauth('client_credentials', ', client_in: header')],
    ['a refresh token', oauth('refresh_token', ', refresh_token: "${REFRESH}"')],
  ])('is read to the end with %s', async (_name, http) => {
    const { provider, declared, pull } = await provided(http, { tokenLasts: 1 });
    const report = await pull(declared);

    expect(report.deliveries).toMatchObject([{ rowsNew: 25 }]);
    expect(provider.turnedAway.unauthorized).toBe(2);
  });

  it('has the newest refresh token kept, sealed, and is asked with it next time', async () => {
    const http = oauth('refresh_token', ', refresh_token: "${REFRESH}", rotates: true');
    const { provider, declared, pull, state } = await provided(http, { tokenLasts: 2 });
    const keys = [Buffer.alloc(32, 7)] as const;
    await pull(declared, { keys });
    const sealed = (await state())?.sealed;
    expect(sealed).toMatch(/^v1\./);
    provider.options.records = [...charges(26)];
    expect((await pull(declared, { keys })).deliveries).toMatchObject([{ rowsNew: 1 }]);
    expect((await state())?.sealed).not.toBe(sealed);
  });

  it('that gives a new refresh token each time is not asked when it could not be kept', async () => {
    const { declared, pull } = await provided(
      oauth('refresh_token', ', refresh_token: "${REFRESH}", rotates: true'),
    );
    expect(await codeOf(pull(declared))).toBe('encryption_key_missing');
  });
});

describe('a later pull', () => {
  const http = `${BEARER}\n${SINCE}\nrecords: data\npages: { cursor: { from: next, to: query.after } }`;

  it('asks for what changed since the last one, less the look-back, and takes what was restated', async () => {
    const { provider, declared, pull, records, state } = await provided(http);
    await pull(declared);
    expect((await state())?.cursor).toBe('2026-11-01T00:00:00.000Z');

    provider.options.records = [
      charge(1, '2026-10-31T12:00:00Z', 999),
      ...charges(25).slice(1),
      charge(26, '2026-11-20T00:00:00Z'),
    ];
    const report = await pull(declared);
    expect(report.since).toBe('2026-10-31 00:00 UTC');
    expect(report.deliveries).toMatchObject([{ rowsNew: 1, rowsChanged: 1, rowsUnchanged: 24 }]);
    expect((await records())[0]).toEqual({ ref: 'ch_0001', version: 2, amount: '999' });
    expect((await state())?.cursor).toBe('2026-11-20T00:00:00.000Z');
  });

  it('of a source that says the same delivers nothing, and one that goes back to what it said does', async () => {
    const { provider, declared, pull, records } = await provided(`${BEARER}\nrecords: data`);
    await pull(declared);
    expect((await pull(declared)).deliveries).toMatchObject([{ status: 'already_delivered' }]);
    provider.options.records = [charge(1, undefined, 5), ...charges(25).slice(1)];
    await pull(declared);
    provider.options.records = charges(25);
    expect((await pull(declared)).deliveries).toMatchObject([{ status: 'accepted', rowsChanged: 1 }]);
    expect((await records())[0]).toEqual({ ref: 'ch_0001', version: 3, amount: '101' });
    expect((await pull(declared)).deliveries).toMatchObject([{ status: 'already_delivered' }]);
  });

  it('does not pass over what comes meanwhile when the clock of the source is ahead', async () => {
    const { provider, declared, pull, state } = await provided(http);
    provider.options.records = [charge(1, '2099-01-01T00:00:00Z')];
    await pull(declared);
    expect((await state())?.cursor).toBe('2026-11-22T12:00:00.000Z');
  });

  it('that was kept out is asked for again, however often it gives the same', async () => {
    const { provider, declared, pull, state } = await provided(http);
    provider.options.records = [{ ...charge(1, '2026-11-20T00:00:00Z'), amount: 'x' as never }];
    expect((await pull(declared)).deliveries).toMatchObject([{ status: 'quarantined' }]);
    const { deliveries } = await pull(declared);
    expect(deliveries).toMatchObject([
      { status: 'already_delivered', earlier: { status: 'quarantined' }, problem: expect.any(String) },
    ]);
    expect((await state())?.cursor ?? null).toBeNull();
  });

  it('without anything new is no delivery', async () => {
    const { provider, declared, pull, trail } = await provided(http);
    provider.options.records = [];
    expect(await pull(declared)).toMatchObject({ deliveries: [], records: 0 });
    expect(await trail()).toEqual([]);
  });
});

describe('a pull that breaks off', () => {
  const http = `${BEARER}\n${SINCE}\nrecords: data\npages: { cursor: { from: next, to: query.after } }`;

  it('keeps whole deliveries, goes on from the last one, and moves the cursor only at the end', async () => {
    const { provider, declared, pull, records, state } = await provided(http, {
      records: charges(500),
      pageSize: 50,
    });
    const deliverEvery = { ...declared, deliverEvery: 100 };
    await expect(pull({ ...deliverEvery, limits: { ...declared.limits, pages: 5 } })).rejects.toMatchObject({
      code: 'pull_too_large',
    });
    expect(await records()).toHaveLength(200);
    expect(await state()).toMatchObject({ cursor: null, code: 'pull_too_large' });

    const before = provider.answered.length;
    const report = await pull(deliverEvery);
    expect(provider.answered.length - before).toBe(6);
    expect(report.deliveries.map(({ rowsNew }) => rowsNew)).toEqual([100, 100, 100]);
    expect(await records()).toHaveLength(500);
    expect(await state()).toMatchObject({
      cursor: '2026-11-01T00:00:00.000Z',
      position: null,
      problem: null,
    });
  });

  it('of two at once enters everything once', async () => {
    const { declared, pull, records } = await provided(http, { together: 2 });
    const outcomes = await Promise.all([codeOf(pull(declared)), codeOf(pull(declared))]);
    expect(outcomes.toSorted()).toEqual(['pull_overtaken', 'pulled']);
    expect((await records()).map(({ version }) => version)).toEqual(Array(25).fill(1));
  });
});

describe('a source that fails', () => {
  const http = `${BEARER}\n${SINCE}\nrecords: data\npages: { cursor: { from: next, to: query.after } }`;

  it('by refusing the credentials is told once, and what was pulled stays', async () => {
    const { provider, declared, pull, records, state, trail } = await provided(http);
    await pull(declared);
    provider.options.records = charges(30);
    for (const _ of [1, 2]) {
      await expect(pull(declared, { env: { TOKEN: 'other-secret' } })).rejects.toMatchObject({
        code: 'source_unauthorized',
      });
    }
    expect(await records()).toHaveLength(25);
    expect(await state()).toMatchObject({ cursor: '2026-11-01T00:00:00.000Z', code: 'source_unauthorized' });
    expect((await state())?.problem).not.toContain('other-secret');
    expect(await trail()).toEqual(['delivery.accepted', 'connector.auth_failed']);
  });

  it('by an address that may not be reached is refused', async () => {
    const { declared, pull, trail } = await provided(http);
    expect(await codeOf(pull({ ...declared, networks: [] }))).toBe('address_refused');
    expect(await trail()).toEqual(['connector.url_refused']);
  });

  it('by being busy for ever is given up, after pauses that it wants', async () => {
    const { declared, pull, world } = await provided(http, { busyEvery: 1, retryAfter: 7 });
    expect(await codeOf(pull(declared))).toBe('source_busy');
    expect(world.waits).toEqual([7_000, 7_000, 7_000, 7_000, 7_000]);
  });

  it('by having nothing, where something is expected, changes nothing', async () => {
    const { provider, declared, pull, state } = await provided(http);
    provider.options.records = [];
    expect(await codeOf(pull({ ...declared, needsRecords: true }))).toBe('source_empty');
    expect(await state()).toMatchObject({ cursor: null, code: 'source_empty' });
  });
});
