import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { orderReport } from '../../../src/pipeline/report/order.ts';
import { COMBINE } from '../../support/any-ledger.ts';
import { testDatabase } from '../../support/database.ts';
import { aSpec, invoice, order, putRecords, runLedger, seedWorkspace } from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const unnamed = { client: 'Acme', kind: 'media' };

describe('what is on the record about an order', () => {
  it('has what the order was matched with, under whatever reference that came', async () => {
    const workspace = await seedWorkspace(sql, [aSpec().key]);
    await putRecords(sql, workspace, [
      order('1', 30_000n, { fields: { po: '1', ...unnamed } }),
      invoice('first', 10_000n, { fields: unnamed }),
      invoice('second', 20_000n, { fields: { po: 'mistyped', ...unnamed } }),
      invoice('other', 77_00n, { fields: unnamed }),
    ]);
    await runLedger(sql, workspace, { spec: aSpec({ find: [...aSpec().find, COMBINE] }) });
    const { records } = await orderReport(sql, { workspaceId: workspace.workspaceId, orderRef: '1' });
    const match = { pass: 'combine', outcome: 'equal', reason: null };
    expect(records.map((one) => [one.sourceRef, one.match])).toEqual([
      ['I-first', match],
      ['I-second', match],
      ['O-1', match],
    ]);
  });

  it('has each of its own records once, and those that nothing pairs with', async () => {
    const workspace = await seedWorkspace(sql, [aSpec().key]);
    await putRecords(sql, workspace, [
      order('2', 30_000n),
      invoice('2', 10_000n),
      invoice('2', 20_000n, { ref: 'I-2b' }),
      invoice('3', 1n),
    ]);
    await runLedger(sql, workspace, { spec: aSpec() });
    const of = async (orderRef: string) =>
      (await orderReport(sql, { workspaceId: workspace.workspaceId, orderRef })).records.map((one) => [
        one.sourceRef,
        one.match?.pass,
      ]);
    expect(await of('2')).toEqual([
      ['I-2', 'po-lines'],
      ['I-2b', 'po-lines'],
      ['O-2', 'po-lines'],
    ]);
    expect(await of('3')).toEqual([['I-3', undefined]]);
  });

  it('says which of its records their source took back', async () => {
    const workspace = await seedWorkspace(sql, [aSpec().key]);
    const { workspaceId } = workspace;
    await putRecords(sql, workspace, [order('4', 100n), invoice('4', 100n)]);
    await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx`update record set is_removed = true where source_ref = 'O-4'`,
    );
    const { records } = await orderReport(sql, { workspaceId, orderRef: '4' });
    expect(records.map(({ sourceRef, isRemoved }) => [sourceRef, isRemoved])).toEqual([
      ['I-4', false],
      ['O-4', true],
    ]);
  });
});
