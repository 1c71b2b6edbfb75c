import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiScope } from '../../../src/core/api-key.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { apiRoutes } from '../../../src/http/api/api.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import { createApiKey, revokeApiKey } from '../../../src/pipeline/govern/api-keys.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aSpec,
  invoice,
  ORGANISATION,
  order,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const SPEC = aSpec({
  actual: { feed: 'invoices', amount: 'amount', date: 'on', payee: 'vendor' },
  missing: {
    actual: { afterDays: 10, raise: 'missing_invoice', severity: 'manual_review' },
    expected: { afterDays: 0, raise: 'unordered_charge', severity: 'block_payout' },
  },
});

const billed = (po: string, client: string, vendor: string, amountMinor = 100_00n) =>
  invoice(po, amountMinor, { fields: { po, client, vendor } });
const ordered = (po: string, client: string, amountMinor = 100_00n) =>
  order(po, amountMinor, { fields: { po, client } });

const NOW = new Date();
const HOUR = 3_600_000;

/** PO-1 of Acme is paid to Kestrel as ordered; PO-9 of Bolt is billed by Kestrel and nobody ordered it. */
async function seeded(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, [SPEC.key]);
  await putRecords(sql, workspace, [
    ordered('PO-1', 'Acme'),
    billed('PO-1', 'Acme', 'Kestrel'),
    billed('PO-9', 'Bolt', 'Kestrel', 75_50n),
    ordered('PO-2', 'Calm'),
    billed('PO-2', 'Calm', 'Lark'),
  ]);
  await runLedger(sql, workspace, { spec: SPEC, now: NOW, cutoffAt: NOW });
  return workspace;
}

type Setting = { freshWithinMs?: number; requestsPerSecond?: number };

const siteOf = (
  workspaces: readonly SeededWorkspace[],
  { freshWithinMs = HOUR, requestsPerSecond = 500 }: Setting = {},
) =>
  apiRoutes({
    sql,
    workspaces: workspaces.map(({ workspaceId }) => ({
      workspaceId,
      organisation: {
        ...ORGANISATION,
        holds: { expireAfterMs: {}, freshWithinMs },
        api: { requestsPerSecond },
      },
      reconciliations: [SPEC],
    })),
    logger: createLogger({ level: 'silent' }),
  });

async function keyOf(
  { workspaceId }: SeededWorkspace,
  { name = 'payments', scopes = ['holds:read'] as ApiScope[], lifetime = HOUR } = {},
): Promise<string> {
  const now = new Date(Date.now() - (lifetime < 0 ? 2 * HOUR : 0));
  const made = await createApiKey(sql, {
    workspaceId,
    name,
    scopes,
    now,
    expiresAt: new Date(Date.now() + lifetime),
    by: 'test',
  });
  if (!made) throw new Error(`there is a key ${name} already`);
  return made.text;
}

let workspace: SeededWorkspace;
let site: ReturnType<typeof siteOf>;
let key: string;
beforeAll(async () => {
  workspace = await seeded();
  site = siteOf([workspace]);
  key = await keyOf(workspace);
});

const ask = async (
  query: string,
  { to = site, with: shown = key as string | undefined, method = 'GET' } = {},
) => {
  const headers: Record<string, string> = shown === undefined ? {} : { authorization: `Bearer ${shown}` };
  const response = await to.request(`/api/v1/holds${query}`, { method, headers });
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse((await response.text()) || '{}'),
  };
};

describe('a payment that nothing holds', () => {
  it.each([
    '?order=PO-1',
    '?order=po-1',
    '?order=PO-1&client=Acme&payee=Kestrel',
    '?order=PO-1&client=%20acme%20',
    '?client=ACME',
    '?client=Calm&payee=Lark',
    '?payee=lark',
  ])('may go: %s', async (query) => {
    const { status, body } = await ask(query);

    expect({ status, ...body }).toMatchObject({ status: 200, pay: true, because: [], holds: [], held: [] });
  });
});

describe('a held payment', () => {
  it.each([
    '?order=PO-9',
    '?order=PO-9&client=Bolt&payee=Kestrel',
    '?client=Bolt',
    '?payee=Kestrel',
    '?client=bolt&payee=KESTREL',
  ])('may not go, by whatever it is asked for: %s', async (query) => {
    const { status, body } = await ask(query);

    expect({ status, ...body }).toMatchObject({
      status: 200,
      pay: false,
      because: ['held'],
      holds: [
        {
          kind: 'payout',
          client: 'Bolt',
          order: 'PO-9',
          payee: 'Kestrel',
          amount: { decimal: '75.50', minor: '7550', currency: 'USD' },
          exception: 'EX-1001',
          reason: 'NOTHING_ON_EXPECTED_SIDE',
          note: null,
          expires_at: null,
        },
      ],
      held: [{ decimal: '75.50', minor: '7550', currency: 'USD' }],
    });
    expect(body.says).toMatch(/^Do not pay\. held: /);
  });

  it('may go no more than before when the caller names the client wrongly', async () => {
    expect((await ask('?order=PO-9&client=Acme')).body).toMatchObject({
      pay: false,
      because: ['held', 'another_client'],
    });
  });
});

describe('what nobody can know is not let go', () => {
  it.each([
    ['an order that no document carries', '?order=PO-404', ['unknown_order']],
    ['a client that no run compared', '?client=Nobody', ['unknown_client']],
    ['a payee that no run compared', '?payee=Nobody', ['unknown_payee']],
    ['an order of another client', '?order=PO-1&client=Bolt', ['another_client']],
    ['an order of another payee', '?order=PO-1&payee=Lark', ['another_payee']],
  ])('%s', async (_what, query, because) => {
    const { status, body } = await ask(query);

    expect({ status, ...body }).toMatchObject({ status: 200, pay: false, because, holds: [] });
  });

  it('a document that came after the last run, until a run has compared it', async () => {
    const own = await seeded();
    const to = siteOf([own]);
    const shown = await keyOf(own);
    await putRecords(sql, own, [billed('PO-1', 'Acme', 'Kestrel', 900_00n)]);

    expect((await ask('?order=PO-1', { to, with: shown })).body).toMatchObject({
      pay: false,
      because: ['not_reconciled'],
    });
    await runLedger(sql, own, { spec: SPEC, now: NOW, cutoffAt: NOW });
    expect((await ask('?order=PO-1', { to, with: shown })).body).toMatchObject({ pay: true });
  });

  it('anything, once the last run is too long ago', async () => {
    const to = siteOf([workspace], { freshWithinMs: 1 });

    expect((await ask('?order=PO-1', { to })).body).toMatchObject({ pay: false, because: ['stale'] });
  });
});

describe('a key', () => {
  it.each([
    ['none', undefined, 401, 'key_missing', 'Bearer realm="tieout"'],
    ['no key of ours', 'secret', 401, 'key_unknown', 'Bearer realm="tieout", error="invalid_token"'],
  ])('that is %s is refused', async (_what, shown, status, code, challenge) => {
    const to = await site.request('/api/v1/holds?order=PO-1', {
      headers: shown === undefined ? {} : { authorization: `Bearer ${shown}` },
    });

    expect(to.status).toBe(status);
    expect(to.headers.get('content-type')).toBe('application/problem+json');
    expect(to.headers.get('www-authenticate')).toBe(challenge);
    expect(await to.json()).toMatchObject({ pay: false, status, type: `urn:tieout:problem:${code}` });
  });

  it('that expired, was revoked or lacks the scope says which', async () => {
    const expired = await keyOf(workspace, { name: 'old', lifetime: -HOUR });
    const scopeless = await keyOf(workspace, { name: 'scopeless', scopes: [] });
    const revoked = await keyOf(workspace, { name: 'gone' });
    await revokeApiKey(sql, {
      workspaceId: workspace.workspaceId,
      name: 'gone',
      now: new Date(),
      by: 'test',
    });

    expect(await ask('?order=PO-1', { with: expired })).toMatchObject({
      status: 401,
      body: { pay: false, type: 'urn:tieout:problem:key_expired' },
    });
    expect(await ask('?order=PO-1', { with: revoked })).toMatchObject({
      status: 401,
      body: { type: 'urn:tieout:problem:key_revoked' },
    });
    expect(await ask('?order=PO-1', { with: scopeless })).toMatchObject({
      status: 403,
      body: { pay: false, type: 'urn:tieout:problem:scope_missing' },
    });
  });

  it('opens its own workspace only, and is not told from an unknown one elsewhere', async () => {
    const other = await seedWorkspace(sql, [SPEC.key]);
    await runLedger(sql, other, { spec: SPEC, now: NOW, cutoffAt: NOW });
    const foreign = await keyOf(other);
    const both = siteOf([workspace, other]);

    expect((await ask('?order=PO-9', { to: both, with: foreign })).body).toMatchObject({
      pay: false,
      because: expect.arrayContaining(['unknown_order']),
      holds: [],
    });
    const forged = `tieout_${workspace.workspaceId.replaceAll('-', '')}_${foreign.slice(-43)}`;
    expect(await ask('?order=PO-9', { to: both, with: forged })).toMatchObject({
      status: 401,
      body: { type: 'urn:tieout:problem:key_unknown' },
    });
    expect(await ask('?order=PO-9', { with: foreign })).toMatchObject({ status: 401 });
  });

  it('is kept as its hash alone, with who made it on the trail', async () => {
    const secret = key.slice(-43);
    const rows = await inWorkspace(sql, workspace.workspaceId, async (tx) => [
      ...(await tx<{ row: string }[]>`select to_jsonb(k)::text as row from api_key k`),
      ...(await tx<{ row: string }[]>`select body as row from audit_event where entity = 'api_key'`),
    ]);

    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ row }) => row.includes(secret))).toEqual([]);
    expect(rows.some(({ row }) => row.includes('api_key.created') && row.includes('"by":"test"'))).toBe(true);
  });
});

describe('a request that cannot be understood', () => {
  it.each([
    ['names no payment', '', 'say which payment'],
    [
      'names an unknown parameter',
      '?order=PO-1&amount=5',
      'amount is not known here; known: client, order, payee',
    ],
    ['names one twice', '?order=PO-1&order=PO-9', 'order is there more than once'],
    ['leaves one empty', '?order=%20', 'order is empty'],
    ['is endless', `?order=${'x'.repeat(301)}`, 'order is longer than 300 characters'],
    ['is no UTF-8', '?order=PO-%FF', 'is not percent-encoded UTF-8'],
    ['has a lone percent sign', '?order=100%', 'is not percent-encoded UTF-8'],
    ['holds a NUL', '?order=a%00b', 'order holds a character that cannot be compared'],
  ])('because it %s says so', async (_what, query, detail) => {
    const { status, headers, body } = await ask(query);

    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body).toMatchObject({ pay: false, type: 'urn:tieout:problem:bad_request' });
    expect(body.detail).toContain(detail);
  });

  it('is told which methods and paths there are', async () => {
    expect(await ask('?order=PO-1', { method: 'POST' })).toMatchObject({
      status: 405,
      body: { type: 'urn:tieout:problem:method_not_allowed' },
    });
    const nothing = await site.request('/api/v1/hold');
    expect(nothing.status).toBe(404);
    expect(await nothing.json()).toMatchObject({ detail: expect.stringContaining('/api/v1/holds') });
  });
});

describe('a caller who asks too often', () => {
  it('is told to wait, and nothing is let go meanwhile', async () => {
    const to = siteOf([workspace], { requestsPerSecond: 1 });
    const answers = [];
    for (const _ of [1, 2, 3, 4]) answers.push(await ask('?order=PO-1', { to }));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 429]);
    expect(answers[3]?.headers.get('retry-after')).toBe('1');
    expect(answers[3]?.body).toMatchObject({ pay: false, type: 'urn:tieout:problem:too_many' });
  });
});

describe('a record that cannot be read', () => {
  it('lets nothing go', async () => {
    const away = connect({ url: 'postgres://nobody:x@127.0.0.1:9/none', role: 'api' });
    const to = apiRoutes({
      sql: away,
      workspaces: [
        { workspaceId: workspace.workspaceId, organisation: ORGANISATION, reconciliations: [SPEC] },
      ],
      logger: createLogger({ level: 'silent' }),
    });

    expect(await ask('?order=PO-1', { to })).toMatchObject({
      status: 503,
      body: { pay: false, type: 'urn:tieout:problem:unavailable' },
    });
    await away.end();
  });
});

describe('/api/v1/openapi.json', () => {
  it('describes the route with its parameters and every answer, to anybody', async () => {
    const described = await (await site.request('/api/v1/openapi.json')).json();

    expect(described).toMatchObject({
      openapi: '3.1.0',
      paths: { '/api/v1/holds': { get: { operationId: 'askToPay' } } },
    });
    const { get } =
      (described as { paths: Record<string, { get: Record<string, never[]> }> }).paths['/api/v1/holds'] ?? {};
    expect(get?.parameters?.map(({ name, in: where, required }) => [name, where, required])).toEqual([
      ['client', 'query', false],
      ['order', 'query', false],
      ['payee', 'query', false],
    ]);
    expect(Object.keys(get?.responses ?? {})).toEqual(['200', '400', '401', '403', '429', '500', '503']);
  });

  it('describes the answers that are given', async () => {
    const { holdsRoute } = await import('../../../src/http/api/holds.ts');

    for (const query of ['?order=PO-1', '?order=PO-9', '?payee=Nobody']) {
      expect(holdsRoute.response.safeParse((await ask(query)).body).error).toBeUndefined();
    }
  });
});
