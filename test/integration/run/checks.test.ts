import { afterAll, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { latestRuns } from '../../../src/pipeline/report/latest-runs.sql.ts';
import { testDatabase } from '../../support/database.ts';
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

const spec = aSpec({ checks: { matchRatePpm: 400_000, matchRateDropPpm: 50_000 } });
const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => String(from + at));

const told = ({ workspaceId }: SeededWorkspace) =>
  inWorkspace(
    sql,
    workspaceId,
    (tx) => tx`
      select address, payload from outbox where dedupe_key like 'checks:%' order by created_at, outbox_id`,
  );

it('a run that matches less than usual fails its check, and its team is told once until it holds again', async () => {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(
    sql,
    workspace,
    numbers(1, 10).flatMap((n) => [order(n, 100n), invoice(n, 100n)]),
  );
  const first = await runLedger(sql, workspace, { spec });
  expect(first).toMatchObject({ matchRatePpm: 1_000_000, checks: [{ name: 'match_rate', holds: true }] });

  await putRecords(
    sql,
    workspace,
    numbers(11, 20).map((n) => order(n, 100n)),
  );
  const dropped = await runLedger(sql, workspace, { spec });
  expect(dropped.checks).toEqual([
    { name: 'match_rate', holds: true, foundPpm: 666_666, leastPpm: 400_000 },
    { name: 'match_rate_drop', holds: false, foundPpm: 666_666, leastPpm: 950_000 },
  ]);
  const notice = {
    notice: 'checks',
    reconciliation: 'orders-vs-invoices',
    failed: [{ name: 'match_rate_drop', foundPpm: 666_666, leastPpm: 950_000 }],
  };
  expect(await told(workspace)).toEqual([{ address: 'team:media_ops', payload: notice }]);

  const again = await runLedger(sql, workspace, { spec });
  expect(again).toMatchObject({ status: 'unchanged', checks: [{ holds: true }, { holds: false }] });
  expect(await told(workspace)).toHaveLength(1);

  const kept = await inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx`select counts -> 'checks' -> 1 ->> 'holds' as holds from run order by started_at, run_id`,
  );
  expect(kept.map(({ holds }) => holds)).toEqual([null, 'false', 'false']);
});

it('a sandbox says what its checks come to and tells nobody', async () => {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100n)]);
  const report = await runLedger(sql, workspace, { spec, mode: 'sandbox' });
  expect(report.checks).toEqual([{ name: 'match_rate', holds: false, foundPpm: 0, leastPpm: 400_000 }]);
  expect(await told(workspace)).toEqual([]);
});

it('a run that found another one under way is not the latest: nobody is told again, and nothing is shown of it', async () => {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100n)]);
  await runLedger(sql, workspace, { spec });
  expect(await told(workspace)).toHaveLength(1);

  const meanwhile = await inWorkspace(sql, workspace.workspaceId, async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended('tieout run ' || reconciliation_id, 0)) from reconciliation`;
    return await runLedger(sql, workspace, { spec });
  });
  expect(meanwhile.status).toBe('busy');
  const [latest] = await inWorkspace(sql, workspace.workspaceId, (tx) =>
    latestRuns(tx, workspace.workspaceId),
  );
  expect(latest).toMatchObject({ counts: { expected: 1 } });

  await putRecords(sql, workspace, [order('2', 100n)]);
  expect(await runLedger(sql, workspace, { spec })).toMatchObject({ checks: [{ holds: false }] });
  expect(await told(workspace)).toHaveLength(1);
});
