import { afterAll, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { GAUGES, metricsRoutes, requestTimer } from '../../../src/http/metrics.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import { metricsText } from '../../../src/observe/metrics.ts';
import {
  type StandingReading,
  standingReadings,
} from '../../../src/pipeline/report/standing-readings.sql.ts';
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
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const logger = createLogger({ level: 'silent' });

/** Two orders that are billed otherwise, reconciled once. */
async function seeded(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, [aSpec().key]);
  await putRecords(sql, workspace, [
    order('PO-1', 100_00n),
    invoice('PO-1', 175_00n),
    order('PO-2', 100_00n),
    invoice('PO-2', 180_00n),
  ]);
  await runLedger(sql, workspace);
  return workspace;
}

const readingsOf = ({ workspaceId }: SeededWorkspace) =>
  inWorkspace(sql, workspaceId, (tx) => standingReadings(tx, workspaceId));

const readingOf = (readings: readonly StandingReading[], name: string): number | undefined =>
  readings.find((reading) => reading.name === name)?.value;

it('counts what is live, what waits, and how far the trail goes, and names each by its gauge', async () => {
  const readings = await readingsOf(await seeded());
  expect(Object.keys(GAUGES)).toEqual(expect.arrayContaining(readings.map(({ name }) => name)));
  expect(readings).toContainEqual({
    name: 'tieout_exceptions',
    labels: { status: 'open', workspace: expect.any(String) },
    value: 2,
  });
  expect(readingOf(readings, 'tieout_outbox_waiting')).toBe(2);
  expect(readingOf(readings, 'tieout_outbox_dead')).toBe(0);
  expect(readingOf(readings, 'tieout_run_failed')).toBe(0);
  expect(readingOf(readings, 'tieout_audit_events')).toBeGreaterThanOrEqual(2);
});

it('says how long a run took, and when the last one went through, beside one that failed', async () => {
  const workspace = await seeded();
  const before = await readingsOf(workspace);
  expect(readingOf(before, 'tieout_run_seconds')).toBeGreaterThan(0);
  const done = readingOf(before, 'tieout_run_done_timestamp_seconds');
  await inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx`
      insert into run (workspace_id, run_id, reconciliation_id, spec_version, mode, cutoff_at, status, problem,
                       started_at, finished_at)
      select workspace_id, gen_random_uuid(), reconciliation_id, spec_version, mode, cutoff_at, 'failed', 'no',
             started_at + interval '1 day', finished_at + interval '1 day'
      from run`,
  );
  const after = await readingsOf(workspace);
  expect(readingOf(after, 'tieout_run_failed')).toBe(1);
  expect(readingOf(after, 'tieout_run_done_timestamp_seconds')).toBe(done);
});

it('does not take a run that found another under way for one that went through', async () => {
  const workspace = await seeded();
  const before = await readingsOf(workspace);
  await inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx`
      insert into run (workspace_id, run_id, reconciliation_id, spec_version, mode, cutoff_at, status, plan_hash,
                       started_at, finished_at)
      select workspace_id, gen_random_uuid(), reconciliation_id, spec_version, mode, cutoff_at, 'unchanged', '',
             started_at + interval '1 day', finished_at + interval '1 day'
      from run`,
  );
  const after = await readingsOf(workspace);
  for (const name of ['tieout_run_done_timestamp_seconds', 'tieout_run_seconds']) {
    expect(readingOf(after, name)).toBe(readingOf(before, name));
  }
});

it('tells several workspaces apart', async () => {
  const workspaces = [await seeded(), await seeded()];
  const site = metricsRoutes({ sql, workspaceIds: workspaces.map(({ workspaceId }) => workspaceId), logger });
  const answer = await site.request('/metrics');
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await answer.text();
  expect(text.match(/^tieout_exceptions\{status="open",workspace="[^"]+"\} 2$/gm)).toHaveLength(2);
  expect(text).toContain('tieout_database_up 1');
  expect(text).toMatch(/^# HELP tieout_outbox_dead .+"tieout outbox"/m);
});

it('answers without the record while the database does not', async () => {
  const gone = connect({ url: 'postgres://nobody@127.0.0.1:1/nothing', role: 'api' });
  const site = metricsRoutes({ sql: gone, workspaceIds: [(await seeded()).workspaceId], logger });
  const text = await (await site.request('/metrics')).text();
  expect(text).toContain('tieout_database_up 0');
  expect(text).toMatch(/^process_cpu_seconds_total /m);
  await gone.end();
});

it('reads the record once in five seconds, however many scrape', async () => {
  const workspace = await seeded();
  let now = 0;
  const site = metricsRoutes({ sql, workspaceIds: [workspace.workspaceId], logger, clock: () => now });
  const openOf = async () =>
    /tieout_exceptions\{.*\} (\d+)/.exec(await (await site.request('/metrics')).text())?.[1];
  expect(await openOf()).toBe('2');
  await putRecords(sql, workspace, [order('PO-3', 100_00n), invoice('PO-3', 190_00n)]);
  await runLedger(sql, workspace);
  expect(await openOf()).toBe('2');
  now = 5_000;
  expect(await openOf()).toBe('3');
});

it('times requests under routes that are known: what strangers type makes no series', async () => {
  const answered = requestTimer(['/orders/*', '/readyz']);
  for (const path of ['/orders/PO-1', '/orders/PO-2', '/wp-login.php', '/readyz/x']) {
    answered({ path, method: 'BREW', status: 200, seconds: 0.01 });
  }
  const text = await metricsText({}, []);
  expect(text).toContain(
    'tieout_http_request_seconds_count{route="/orders/*",method="other",status="200"} 2',
  );
  expect(text).toContain('tieout_http_request_seconds_count{route="other",method="other",status="200"} 2');
  expect(text).not.toContain('wp-login');
});
