import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApiScope } from '../../../src/core/api-key.ts';
import { connect } from '../../../src/db/client.ts';
import { apiRoutes } from '../../../src/http/api/api.ts';
import { createLogger } from '../../../src/observe/logger.ts';
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

let workspace: SeededWorkspace;
beforeAll(async () => {
  workspace = await seedWorkspace(sql, [SPEC.key]);
  const fields = (po: string) => ({ fields: { po, client: 'Acme' } });
  await putRecords(sql, workspace, [
    order('PO-1', 100_00n, fields('PO-1')),
    invoice('PO-1', 140_00n, fields('PO-1')),
    order('PO-2', 100_00n, fields('PO-2')),
    invoice('PO-2', 100_00n, fields('PO-2')),
  ]);
  await runLedger(sql, workspace, { spec: SPEC, now: NOW, cutoffAt: NOW });
});

async function ask(query: string, scopes: ApiScope[] = ['owners:read']) {
  const made = await createApiKey(sql, {
    workspaceId: workspace.workspaceId,
    name: `key-${Math.random().toString(36).slice(2, 10)}`,
    scopes,
    now: NOW,
    expiresAt: new Date(NOW.getTime() + 3_600_000),
    by: 'test',
  });
  const site = apiRoutes({
    sql,
    workspaces: [{ workspaceId: workspace.workspaceId, organisation: ORGANISATION, reconciliations: [SPEC] }],
    logger: createLogger({ level: 'silent' }),
  });
  const answer = await site.request(`/api/v1/owners${query}`, {
    headers: { authorization: `Bearer ${made?.text ?? ''}` },
  });
  return { status: answer.status, body: await answer.json() };
}

it('names the team, and nobody yet, of an order with an open exception, with the row that decided', async () => {
  expect(await ask('?order=PO-1')).toMatchObject({
    status: 200,
    body: {
      order: 'PO-1',
      known: true,
      owners: [
        {
          status: 'open',
          owner: null,
          team: { key: 'media_ops' },
          because_of: { source: expect.any(String) },
        },
      ],
      settled: 0,
    },
  });
});

it('says that nobody needs to, where nothing is open', async () => {
  expect(await ask('?order=PO-2')).toMatchObject({ status: 200, body: { known: true, owners: [] } });
});

it('says that nothing carries the reference, and what looks like it', async () => {
  expect(await ask('?order=PO-11')).toMatchObject({ status: 200, body: { known: false, owners: [] } });
});

it('refuses a key of another scope, and a question about no order', async () => {
  expect((await ask('?order=PO-1', ['holds:read'])).status).toBe(403);
  expect(await ask('')).toMatchObject({ status: 400, body: { detail: 'order is missing' } });
});
