import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { testDatabase } from '../../support/database.ts';
import { deliver } from '../../support/deliver.ts';
import {
  aSpec,
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

const SPEC = aSpec({
  find: [{ kind: 'exact', name: 'po', expected: ['po'], actual: ['po'], cardinality: 'one-to-one' }],
});

/** Two orders with their invoices, whose column `order_ref` holds another field than `po`, as an earlier contract had it. */
async function namedOtherwise(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, [SPEC.key]);
  await putRecords(sql, workspace, [
    order('1', 1000n),
    order('2', 2000n),
    invoice('1', 1000n),
    invoice('2', 2000n),
  ]);
  await inWorkspace(sql, workspace.workspaceId, (tx) => tx`update record set order_ref = source_ref`);
  return workspace;
}

/** The feed's contract, by whatever version, names this field `order_ref`; without one, none. */
const recordContract = (
  { workspaceId, feeds }: SeededWorkspace,
  { version, body }: { version: number; body: object },
) =>
  inWorkspace(
    sql,
    workspaceId,
    (tx) => tx`
      insert into contract_version (workspace_id, feed_id, version, sha256, body)
      values (${workspaceId}, ${feeds.expected}, ${version}, ${`v${version}`}, ${JSON.stringify(body)}::text::json),
             (${workspaceId}, ${feeds.actual}, ${version}, ${`v${version}`}, ${JSON.stringify(body)}::text::json)`,
  );

describe('records whose column holds another field than their contract says today', () => {
  it.each([
    ['named another field', { order_ref: 'number' }],
    ['named none', {}],
  ])('are paired by their fields where an earlier contract %s', async (_name, body) => {
    const workspace = await namedOtherwise();
    await recordContract(workspace, { version: 2, body });

    const report = await runLedger(sql, workspace, { spec: SPEC });

    expect(report.live.matches).toEqual({ equal: 2, autoResolved: 0, excepted: 0 });
  });

  it('are found by their fields again when little was delivered', async () => {
    const workspace = await namedOtherwise();
    await recordContract(workspace, { version: 2, body: { order_ref: 'number' } });
    await runLedger(sql, workspace, { spec: SPEC, unlessSeen: true });
    await deliver(sql, workspace, { rows: [invoice('1', 1500n)] });

    const report = await runLedger(sql, workspace, { spec: SPEC, unlessSeen: true });

    expect(report.made).toMatchObject({ matches: 1, superseded: 1 });
    expect(report.live.matches).toEqual({ equal: 1, autoResolved: 0, excepted: 1 });
  });

  it('are paired by the column where every contract names the same field', async () => {
    const workspace = await namedOtherwise();

    const report = await runLedger(sql, workspace, { spec: SPEC });

    // What no source does: the column was made to differ from the field, to show that it is the column which is read.
    expect(report.live.matches).toEqual({ equal: 0, autoResolved: 0, excepted: 0 });
  });
});
