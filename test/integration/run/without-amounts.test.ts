import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aSpec,
  exceptionsOf,
  invoice,
  order,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const NONE = { amountMinor: undefined, currency: undefined };
const bare = aSpec({
  expected: { feed: 'orders', amount: undefined, date: 'on' },
  actual: { feed: 'invoices', amount: undefined, date: 'on' },
  duplicates: [{ side: 'expected', same: ['client'], raise: 'duplicate_lead', severity: 'manual_review' }],
  missing: {
    actual: { afterDays: 0, raise: 'unattributed_lead', severity: 'manual_review' },
    expected: undefined,
  },
});

let workspace: SeededWorkspace;
beforeAll(async () => {
  workspace = await seedWorkspace(sql, [bare.key]);
  const lead = (po: string, client: string) => order(po, 0n, { ...NONE, fields: { po, client } });
  await putRecords(sql, workspace, [
    lead('1', 'a'),
    lead('2', 'b'),
    lead('3', 'b'),
    lead('4', 'd'),
    invoice('1', 0n, NONE),
    invoice('2', 500n),
  ]);
});

describe('records without amounts', () => {
  it('are matched by their keys, and what is alone or repeated is raised with nothing at stake', async () => {
    const report = await runLedger(sql, workspace, { spec: bare });

    expect(report.live.matches).toEqual({ equal: 2, autoResolved: 0, excepted: 0 });
    expect(
      (await exceptionsOf(sql, workspace))
        .map(({ type, order_ref: ref, at_stake_minor: stake }) => [type, ref, stake])
        .sort(),
    ).toEqual([
      ['duplicate_lead', '2', 0n],
      ['unattributed_lead', '4', 0n],
    ]);
  });

  it('change nothing when they are run again', async () => {
    expect((await runLedger(sql, workspace, { spec: bare })).status).toBe('unchanged');
  });

  it('cannot be verified where amounts are to be compared', async () => {
    const other = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(sql, other, [order('1', 0n, NONE), invoice('1', 700n)]);

    await runLedger(sql, other, { spec: aSpec() });

    expect(await exceptionsOf(sql, other)).toMatchObject([
      { type: 'amount_differs', reason: 'AMOUNT_MISSING', at_stake_minor: 700n, actual_minor: 700n },
    ]);
  });
});
