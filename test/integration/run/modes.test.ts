import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { asAdmin } from '../../../src/db/databases.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { finishRun } from '../../../src/pipeline/run/finish-run.sql.ts';
import { startRun } from '../../../src/pipeline/run/start-run.sql.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aSpec,
  invoice,
  NOW,
  order,
  putRecords,
  rowCounts,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const EMPTY = {
  run: 0,
  match: 0,
  match_member: 0,
  exception: 0,
  exception_member: 0,
  audit_event: 0,
  outbox: 0,
  lane: 0,
  inbox: 0,
};

async function seed(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n), invoice('1', 180_00n), order('2', 50_00n)]);
  return workspace;
}

describe('a sandbox run', () => {
  it('answers what it would do and leaves nothing at all', async () => {
    const workspace = await seed();

    const report = await runLedger(sql, workspace, { mode: 'sandbox' });

    expect(report).toMatchObject({ status: 'planned', changes: { open: 2 }, made: { matches: 1 } });
    expect(await rowCounts(sql, workspace)).toEqual(EMPTY);
  });
});

describe('a shadow run', () => {
  it('leaves only its own row, with what it counted', async () => {
    const workspace = await seed();

    const report = await runLedger(sql, workspace, { mode: 'shadow' });

    expect(report).toMatchObject({ status: 'planned', changes: { open: 2 } });
    expect(await rowCounts(sql, workspace)).toEqual({ ...EMPTY, run: 1 });
    expect(await runsOf(workspace)).toMatchObject([
      { mode: 'shadow', counts: { changes: { open: 2 }, made: { matches: 1 } }, problem: null },
    ]);
  });

  it('does not use up exception numbers', async () => {
    const workspace = await seed();
    await runLedger(sql, workspace, { mode: 'shadow' });
    await runLedger(sql, workspace);

    expect(await lastNumber(workspace)).toBe(1002);
  });
});

describe('a run that fails', () => {
  it('leaves its row, failed and saying why, and nothing else', async () => {
    const workspace = await seed();
    await asAdmin(
      database.adminUrl,
      (admin) =>
        admin`update tieout.team set key = 'gone' where workspace_id = ${workspace.workspaceId} and key = 'media_ops'`,
    );

    await expect(runLedger(sql, workspace)).rejects.toThrow(/media_ops/);

    expect(await rowCounts(sql, workspace)).toEqual({ ...EMPTY, run: 1 });
    const runs = await runsOf(workspace);
    expect(runs).toMatchObject([{ status: 'failed', problem: expect.stringContaining('media_ops') }]);
    expect(runs[0]?.finished_at.getTime()).toBeGreaterThan(NOW.getTime());
  });

  it('says why it failed, also when that cannot be put on its row', async () => {
    const workspace = await seed();
    const { ownership } = workspace.organisation;
    const astray = {
      ...workspace.organisation,
      ownership: ownership.map((row) => ({ ...row, team: 'nobody' })),
    };
    const gone = `(workspace_id <> '${workspace.workspaceId}' or status <> 'failed')`;
    await asAdmin(database.adminUrl, (admin) =>
      admin.unsafe(`alter table tieout.run add constraint disk_full check ${gone} not valid`),
    );

    await expect(runLedger(sql, workspace, { organisation: astray })).rejects.toThrow(/nobody/);
  });

  it('is followed by one that applies everything', async () => {
    const workspace = await seed();
    const { ownership } = workspace.organisation;
    const astray = {
      ...workspace.organisation,
      ownership: ownership.map((row) => ({ ...row, team: 'nobody' })),
    };
    await expect(runLedger(sql, workspace, { organisation: astray })).rejects.toThrow(/nobody/);

    const report = await runLedger(sql, workspace);

    expect(report).toMatchObject({ status: 'applied', changes: { open: 2 } });
    expect(await lastNumber(workspace)).toBe(1002);
  });

  it('names a reconciliation that the database does not know', async () => {
    const workspace = await seedWorkspace(sql, []);

    await expect(runLedger(sql, workspace)).rejects.toThrow(/orders-vs-invoices.*apply the configuration/);
  });

  it('does not overwrite how a run ended that was committed after all', async () => {
    const workspace = await seed();
    const runId = newId();
    const about = { workspaceId: workspace.workspaceId, runId, now: NOW, endedAt: NOW };
    await inWorkspace(sql, workspace.workspaceId, async (tx) => {
      await startRun(tx, { ...about, spec: aSpec(), mode: 'active', cutoffAt: NOW });
      await finishRun(tx, { ...about, status: 'applied', planHash: 'abc' });
    });

    await inWorkspace(sql, workspace.workspaceId, (tx) =>
      finishRun(tx, { ...about, status: 'failed', problem: 'the answer to COMMIT was lost' }),
    );

    expect(await runsOf(workspace)).toMatchObject([{ status: 'applied', problem: null }]);
  });
});

describe('the cut-off', () => {
  it('leaves records of later days to a later run', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(sql, workspace, [order('1', 100_00n, { on: '2026-11-23' }), order('2', 100_00n)]);

    const report = await runLedger(sql, workspace);

    expect(report).toMatchObject({
      records: { expected: 1, actual: 0, later: 1 },
      pending: 1,
      changes: { open: 1 },
    });
  });
});

const runsOf = (workspace: SeededWorkspace) =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => [
    ...(await tx`select status, mode, counts, problem, finished_at from run order by run_id`),
  ]);

const lastNumber = (workspace: SeededWorkspace) =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => {
    const [row] = await tx<{ last: number }[]>`select max(number) as last from exception`;
    return row?.last;
  });
