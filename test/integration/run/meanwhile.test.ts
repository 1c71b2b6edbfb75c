import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { asAdmin } from '../../../src/db/databases.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import {
  exceptionsOf,
  invoice,
  onlyException,
  order,
  press,
  putRecords,
  rowCounts,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const runs = connect({ url: database.url, role: 'runs', max: 4 });
const people = connect({ url: database.url, role: 'people', max: 10 });
afterAll(() => Promise.all([runs.end(), people.end()]));

const numbered = (count: number, minor: bigint) =>
  Array.from({ length: count }, (_, index) => String(100 + index)).flatMap((po) => [
    order(po, 100_00n),
    invoice(po, minor),
  ]);

describe('an exception that is claimed between the plan of a run and its application', () => {
  /** The run has planned an update when the claim, which queued before it, goes through. */
  async function claimedMeanwhile(): Promise<SeededWorkspace> {
    const workspace = await seedWorkspace(runs, ['orders-vs-invoices']);
    await putRecords(runs, workspace, [order('1', 100_00n), invoice('1', 180_00n)]);
    await runLedger(runs, workspace);
    await putRecords(runs, workspace, [invoice('1', 190_00n)]);
    const exception = await onlyException(runs, workspace);
    const queued = await inWorkspace(people, workspace.workspaceId, async (tx) => {
      await tx`select from exception where exception_id = ${exception.exception_id} for update`;
      const claiming = claim(people, press(workspace, 'ana', exception));
      await waiting(1);
      const running = runLedger(runs, workspace);
      await waiting(2);
      return [claiming, running];
    });
    await Promise.all(queued);
    return workspace;
  }

  it('is left as the person left it', async () => {
    const workspace = await claimedMeanwhile();

    expect(await onlyException(runs, workspace)).toMatchObject({
      status: 'claimed',
      owner: 'ana',
      version: 2,
      actual_minor: 180_00n,
    });
  });

  it('is updated by the next run', async () => {
    const workspace = await claimedMeanwhile();

    const next = await runLedger(runs, workspace);

    expect(next).toMatchObject({ status: 'applied', changes: { update: 1 }, made: { matches: 0 } });
    expect(await onlyException(runs, workspace)).toMatchObject({
      status: 'claimed',
      owner: 'ana',
      actual_minor: 190_00n,
    });
  });
});

describe('people who claim while a run changes the same exceptions', () => {
  it('never deadlock, and trail and record agree afterwards', async () => {
    const workspace = await seedWorkspace(runs, ['orders-vs-invoices']);
    await putRecords(runs, workspace, numbered(60, 180_00n));
    await runLedger(runs, workspace);
    const exceptions = await exceptionsOf(runs, workspace);
    await putRecords(runs, workspace, numbered(60, 190_00n));

    const [run, ...answers] = await Promise.all([
      runLedger(runs, workspace),
      ...exceptions.map((exception) => claim(people, press(workspace, 'ana', exception))),
    ]);
    await runLedger(runs, workspace);

    expect(run.status).toBe('applied');
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.code]));
    expect(refused.filter((code) => code !== 'stale_card')).toEqual([]);
    const claimed = answers.length - refused.length;
    expect((await exceptionsOf(runs, workspace)).filter(({ owner }) => owner === 'ana')).toHaveLength(
      claimed,
    );
    expect((await exceptionsOf(runs, workspace)).filter((row) => row.actual_minor !== 190_00n)).toEqual([]);
    expect(await rowCounts(runs, workspace)).toMatchObject({ exception: 60, inbox: 60 });
    expect((await verifyAudit(runs, { workspaceId: workspace.workspaceId, anchors: [] })).problems).toEqual(
      [],
    );
  });
});

/** Until so many statements of this database wait for a lock. */
async function waiting(count: number): Promise<void> {
  await asAdmin(database.adminUrl, async (admin) => {
    for (;;) {
      const [row] = await admin<{ blocked: number }[]>`
        select count(*)::integer as blocked from pg_stat_activity
        where datname = ${database.name} and wait_event_type = 'Lock'`;
      if ((row?.blocked ?? 0) >= count) return;
    }
  });
}
