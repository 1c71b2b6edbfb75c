import { afterAll, beforeEach, expect, it } from 'vitest';
import type { ApiScope } from '../../../src/core/api-key.ts';
import { connect } from '../../../src/db/client.ts';
import { apiRoutes } from '../../../src/http/api/api.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { createApiKey } from '../../../src/pipeline/govern/api-keys.ts';
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

const SPEC = aSpec();
const NOW = new Date();
const differing = (po: string, minor: bigint) => [
  order(po, 100_00n, { fields: { po, client: `Client of ${po}` } }),
  invoice(po, minor, { fields: { po, client: `Client of ${po}` } }),
];
const night = (records: ReturnType<typeof differing>) =>
  putRecords(sql, workspace, records).then(() =>
    runLedger(sql, workspace, { spec: SPEC, now: NOW, cutoffAt: NOW }),
  );

let workspace: SeededWorkspace;
let key: string;
const site = () =>
  apiRoutes({
    sql,
    workspaces: [{ workspaceId: workspace.workspaceId, organisation: ORGANISATION, reconciliations: [SPEC] }],
    logger: createLogger({ level: 'silent' }),
  });

async function keyWith(scopes: ApiScope[]): Promise<string> {
  const { workspaceId } = workspace;
  const expiresAt = new Date(NOW.getTime() + 3_600_000);
  const made = await createApiKey(sql, {
    workspaceId,
    name: scopes.join('-').replaceAll(':', '_'),
    scopes,
    now: NOW,
    expiresAt,
    by: 'test',
  });
  return made?.text ?? '';
}

beforeEach(async () => {
  workspace = await seedWorkspace(sql, [SPEC.key]);
  await night([...differing('PO-1', 140_00n), ...differing('PO-2', 90_00n), ...differing('PO-3', 175_50n)]);
  key = await keyWith(['exceptions:read']);
});

async function ask(query = '', by = key) {
  const answer = await site().request(`/api/v1/exceptions${query}`, {
    headers: { authorization: `Bearer ${by}` },
  });
  return { status: answer.status, body: (await answer.json()) as Answer };
}

type Answer = {
  exceptions: { exception: string; order: string; id: string; status: string }[];
  next: string | null;
  more: boolean;
  detail?: string;
};
const ordersOf = ({ body }: { body: Answer }) => body.exceptions.map((one) => one.order).sort();

it('tells of each what a report needs, money with its currency', async () => {
  const { status, body } = await ask('?order=po-3');
  expect(status).toBe(200);
  expect(body.exceptions).toMatchObject([
    {
      exception: expect.stringMatching(/^EX-\d+$/),
      reconciliation: 'orders-vs-invoices',
      type: 'amount_differs',
      status: 'open',
      team: { key: 'media_ops' },
      owner: null,
      client: 'Client of PO-3',
      order: 'PO-3',
      expected: { decimal: '100.00', minor: '10000', currency: 'USD' },
      actual: { decimal: '175.50' },
      at_stake: { decimal: '75.50' },
      overdue: false,
      closed_at: null,
    },
  ]);
});

it('gives all of them page by page, each once, and then only what changed', async () => {
  const first = await ask('?limit=2');
  expect(first.body).toMatchObject({ more: true });
  const second = await ask(`?limit=2&after=${first.body.next}`);
  expect(second.body).toMatchObject({ more: false });
  expect([...ordersOf(first), ...ordersOf(second)].sort()).toEqual(['PO-1', 'PO-2', 'PO-3']);

  const idle = await ask(`?after=${second.body.next}`);
  expect(idle.body).toMatchObject({ exceptions: [], next: second.body.next, more: false });

  const [one] = first.body.exceptions;
  const personId = workspace.people.ana ?? '';
  const claimed = {
    workspaceId: workspace.workspaceId,
    personId,
    exceptionId: one?.id ?? '',
    version: 1,
    requestKey: 'r',
  };
  expect((await claim(sql, claimed)).ok).toBe(true);
  await night(differing('PO-4', 400_00n));
  const since = await ask(`?after=${idle.body.next}`);
  expect(ordersOf(since)).toEqual([one?.order, 'PO-4'].sort());
  expect(since.body.exceptions.find(({ id }) => id === one?.id)).toMatchObject({
    status: 'claimed',
    owner: { key: 'ana' },
  });
});

it('says that there is nothing where there is nothing', async () => {
  expect((await ask('?type=duplicate')).body).toMatchObject({ exceptions: [], next: null, more: false });
});

it.each([
  ['?after=yesterday', 'is no cursor'],
  ['?limit=501', 'is a number from 1 to 500'],
  ['?status=lost', 'choose live, all, open'],
  ['?since=1', 'is not known here'],
])('refuses %s in words', async (query, words) => {
  const { status, body } = await ask(query);
  expect(status).toBe(400);
  expect(body.detail).toContain(words);
});

it('opens to its scope alone', async () => {
  expect((await ask('', await keyWith(['owners:read']))).status).toBe(403);
});
