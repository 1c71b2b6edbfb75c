import { randomBytes } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { testDatabase } from '../../support/database.ts';
import { aSpec, invoice, order, putRecords, runLedger, seedWorkspace } from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const SPEC = aSpec({
  find: [{ kind: 'exact', name: 'memo', expected: ['memo'], actual: ['memo'], cardinality: 'one-to-one' }],
});

it('pairs records on a text longer than an index row of Postgres, and keeps apart those that differ at its end', async () => {
  const workspace = await seedWorkspace(sql, [SPEC.key]);
  const memo = randomBytes(4000).toString('hex'); // random, so that compression does not make it fit
  await putRecords(sql, workspace, [
    order('1', 1000n, { fields: { memo: `${memo}a` } }),
    order('2', 1000n, { fields: { memo: `${memo}b` } }),
    invoice('1', 1000n, { fields: { memo: `${memo}a` } }),
    invoice('2', 1500n, { fields: { memo: `${memo}b` } }),
  ]);

  const report = await runLedger(sql, workspace, { spec: SPEC });

  expect(report.live.matches).toEqual({ equal: 1, autoResolved: 0, excepted: 1 });
});
