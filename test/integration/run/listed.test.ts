import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { appendAudit } from '../../../src/pipeline/audit/append.sql.ts';
import { forgetChanged } from '../../../src/pipeline/ingest/forget-changed.sql.ts';
import { testDatabase } from '../../support/database.ts';
import { deliver } from '../../support/deliver.ts';
import {
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

const DAY = '2026-12-31';
const night = (workspace: SeededWorkspace, cutoffOn = DAY) =>
  runLedger(sql, workspace, { unlessSeen: true, cutoffAt: new Date(`${cutoffOn}T12:00:00Z`) });

/** A new version that no delivery lists: only a run that compares all records with their matches finds it. */
async function withUnlistedChange(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n), invoice('1', 100_00n), order('2', 5_00n)]);
  await night(workspace);
  await putRecords(sql, workspace, [invoice('1', 900_00n)]);
  return workspace;
}

describe('what changed since a run', () => {
  it('is read where deliveries list it, and nothing else is looked for', async () => {
    const workspace = await withUnlistedChange();
    await deliver(sql, workspace, { rows: [invoice('2', 5_00n)] });

    expect((await night(workspace)).made).toMatchObject({ matches: 1, superseded: 0 });
  });

  it('is looked for among all records where a delivery does not list it', async () => {
    const workspace = await withUnlistedChange();
    await deliver(sql, workspace, { rows: [invoice('2', 5_00n)], lists: 'none' });

    expect((await night(workspace)).made).toMatchObject({ matches: 2, superseded: 1 });
  });

  it.each([
    ['is listed for 30 days', 29, { matches: 1, superseded: 0 }],
    ['is then looked for among all records', 31, { matches: 2, superseded: 1 }],
  ])('%s', async (_what, days, made) => {
    const workspace = await withUnlistedChange();
    await deliver(sql, workspace, { rows: [invoice('2', 5_00n)] });
    const { workspaceId } = workspace;
    const now = new Date(Date.now() + days * 86_400_000);

    await inWorkspace(sql, workspaceId, (tx) => forgetChanged(tx, { workspaceId, now }));

    expect((await night(workspace)).made).toMatchObject(made);
  });

  it('is looked for among all records of an earlier day than what is listed is of', async () => {
    const workspace = await withUnlistedChange();
    await deliver(sql, workspace, { rows: [invoice('2', 5_00n)] });

    expect((await night(workspace, '2026-12-30')).made).toMatchObject({ superseded: 1 });
  });

  it.each(['record.edited', 'delivery.replayed', 'adjustment.applied', 'proposal.approved'] as const)(
    'is looked for among all records after %s',
    async (action) => {
      const workspace = await withUnlistedChange();
      await inWorkspace(sql, workspace.workspaceId, (tx) =>
        appendAudit(tx, {
          workspaceId: workspace.workspaceId,
          facts: [{ action, entity: 'record', entityId: newId(), actor: { kind: 'program', name: 'test' } }],
        }),
      );

      expect((await night(workspace)).made).toMatchObject({ superseded: 1 });
    },
  );
});

describe('what stands after a night that read only what changed', () => {
  const counted = ({ records, live }: Awaited<ReturnType<typeof night>>) => ({ records, live });

  /** Three nights: pairs, one of them settled and one excepted, then a change and a late invoice, then nothing. */
  async function afterChanges(between: (workspace: SeededWorkspace) => Promise<unknown>) {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(sql, workspace, [
      ...['1', '2', '3'].flatMap((key) => [order(key, 100_00n), invoice(key, 100_00n)]),
      order('4', 70_00n),
    ]);
    await night(workspace);
    await between(workspace);
    await deliver(sql, workspace, { rows: [invoice('1', 900_00n), invoice('4', 70_00n), order('5', 1_00n)] });
    return counted(await night(workspace));
  }

  const EXPECTED = {
    records: { expected: 5, actual: 4, later: 0, ignored: 0 },
    live: { matches: { equal: 3, autoResolved: 0, excepted: 1 } },
  };

  it('is what is on record', async () => {
    expect(await afterChanges(async () => undefined)).toMatchObject(EXPECTED);
  });

  it('is worked out from what stood before, without counting what rests', async () => {
    const isOff = await afterChanges(({ workspaceId }) =>
      inWorkspace(
        sql,
        workspaceId,
        (tx) => tx`
            update run set counts = jsonb_set(counts, '{seen,unpaired,standing,members,expected}', '1003')`,
      ),
    );

    expect(isOff.records).toMatchObject({ expected: 1005, actual: 4 });
  });

  it('is counted where an earlier release ran the night before', async () => {
    const isCounted = await afterChanges(({ workspaceId }) =>
      inWorkspace(sql, workspaceId, (tx) => tx`update run set counts = counts #- '{seen,unpaired,standing}'`),
    );

    expect(isCounted).toMatchObject(EXPECTED);
  });
});
