import { once } from 'node:events';
import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { asAdmin } from '../../../src/db/databases.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { testDatabase } from '../../support/database.ts';
import { invoice, order, putRecords, runLedger, seedWorkspace } from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs', max: 2 });
afterAll(() => sql.end());

describe('statistics that cannot be refreshed', () => {
  it('are warned of, and the run that is on record by then is applied', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(sql, workspace, [order('1', 100_00n), invoice('1', 180_00n)]);
    await asAdmin(
      database.adminUrl,
      (admin) => admin`alter function tieout.refresh_statistics() rename to gone`,
    );
    const warned = once(process, 'warning');

    const report = await runLedger(sql, workspace);

    const runs = await inWorkspace(sql, workspace.workspaceId, (tx) => tx`select status from run`);
    expect({ said: report.status, recorded: runs[0]?.status }).toEqual({
      said: 'applied',
      recorded: 'applied',
    });
    expect(String(await warned)).toContain('statistics were not refreshed');
  });
});
