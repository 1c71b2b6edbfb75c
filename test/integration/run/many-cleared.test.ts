import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import {
  invoice,
  NOW,
  order,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

/** More than the database compares by a plan that it kept. */
const MANY = 150;
const named = Array.from({ length: MANY }, (_, at) => String(at));

const later = (minutes: number) => ({ now: new Date(NOW.getTime() + minutes * 60_000) });

const takeBack = (workspace: SeededWorkspace, side: 'expected' | 'actual') =>
  inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) =>
      tx`update record set is_removed = true, version = version + 1 where feed_id = ${workspace.feeds[side]}`,
  );

const standing = ({ workspaceId }: SeededWorkspace) =>
  inWorkspace(sql, workspaceId, async (tx) => {
    const [row] = await tx`
      select (select count(*) from exception where status = 'open')::integer as open,
             (select count(*) from exception where status = 'cleared')::integer as cleared,
             (select count(*) from hold where state = 'open')::integer as held,
             (select count(*) from hold where state = 'released')::integer as released,
             (select count(*) from promise where is_current)::integer as promised,
             (select count(*) from promise)::integer as promises`;
    return row;
  });

describe('what holds money, opened, cleared and opened again by one statement each', () => {
  let workspace: SeededWorkspace;
  beforeAll(async () => {
    workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(
      sql,
      workspace,
      named.map((po) => invoice(po, 100_00n)),
    );
    await runLedger(sql, workspace);
  });

  it('is on hold and promised', async () => {
    expect(await standing(workspace)).toMatchObject({
      open: MANY,
      held: MANY,
      promised: MANY,
      promises: MANY,
    });
  });

  it('is let go when all of it clears, and its promises stand', async () => {
    await putRecords(
      sql,
      workspace,
      named.map((po) => order(po, 100_00n)),
    );
    await runLedger(sql, workspace, later(1));

    expect(await standing(workspace)).toEqual({
      open: 0,
      cleared: MANY,
      held: 0,
      released: MANY,
      promised: MANY,
      promises: MANY,
    });
  });

  it('is on hold again when it comes back, and promised anew', async () => {
    await takeBack(workspace, 'expected');
    await runLedger(sql, workspace, later(2));

    expect(await standing(workspace)).toEqual({
      open: MANY,
      cleared: 0,
      held: MANY,
      released: MANY,
      promised: MANY,
      promises: 2 * MANY,
    });
    const { problems } = await verifyAudit(sql, { workspaceId: workspace.workspaceId, anchors: [] });
    expect(problems).toEqual([]);
  });
});
