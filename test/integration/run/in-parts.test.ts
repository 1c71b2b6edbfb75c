import { afterAll, expect, it } from 'vitest';
import { fromMissing } from '../../../src/core/classify.ts';
import { planChanges } from '../../../src/core/plan.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { applyExceptions } from '../../../src/pipeline/apply/apply-exceptions.ts';
import { recordedExceptions } from '../../../src/pipeline/apply/recorded-exceptions.sql.ts';
import { teamIds } from '../../../src/pipeline/apply/team-ids.sql.ts';
import { createTables } from '../../../src/pipeline/match/create-tables.sql.ts';
import { route } from '../../../src/pipeline/route/route.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aSpec,
  exceptionsOf,
  NOW,
  ORGANISATION,
  order,
  putRecords,
  runLedger,
  seedWorkspace,
  toMatchRecord,
  trailOf,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const RULE = { afterDays: 10, raise: 'missing_invoice', severity: 'block_payout' } as const;

it('writes what is too much for once in several parts, each exception with its event and its hold, and what goes aside once', async () => {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  const { workspaceId } = workspace;
  const rows = ['1', '2', '3', '4', '5', '6'].map((po) => order(po, 500n));
  await putRecords(sql, workspace, rows.slice(0, 2));
  const { runId } = await runLedger(sql, workspace);
  const spec = aSpec();
  // The first is found no more, the second stops a payout by now, and four are new.
  const drafts = rows
    .slice(1)
    .map((row) => fromMissing(spec, { rule: RULE, cutoffOn: '2026-11-22' }, toMatchRecord(row)));
  const planned = route(drafts, { organisation: ORGANISATION, spec, now: NOW });
  const reconciliationId = workspace.reconciliations['orders-vs-invoices'] ?? '';
  let asides = 0;

  await inWorkspace(sql, workspaceId, async (tx) => {
    await createTables(tx, { runId });
    const recorded = await recordedExceptions(tx, {
      workspaceId,
      reconciliationId,
      isStirred: false,
      fingerprints: planned.map(({ fingerprint }) => fingerprint),
    });
    const applied = await applyExceptions(
      tx,
      {
        workspaceId,
        reconciliationId,
        runId,
        domain: spec.domain,
        now: NOW,
        teams: await teamIds(tx, workspaceId),
        flood: ORGANISATION.flood,
        atOnce: 2,
        meanwhile: async () => {
          asides += 1;
        },
      },
      planChanges(planned, recorded),
    );
    expect(applied.map(({ change }) => change.kind).sort()).toEqual([
      'clear',
      'open',
      'open',
      'open',
      'open',
      'update',
    ]);
  });

  expect(asides).toBe(1);
  const exceptions = await exceptionsOf(sql, workspace);
  expect(exceptions.map(({ number, status }) => [number, status])).toEqual([
    [1001, 'cleared'],
    [1002, 'open'],
    [1003, 'open'],
    [1004, 'open'],
    [1005, 'open'],
    [1006, 'open'],
  ]);
  const opened = (await trailOf(sql, workspace)).filter(({ action }) => action === 'exception.opened');
  expect(opened.map(({ entity_id }) => entity_id).sort()).toEqual(
    exceptions.map(({ exception_id }) => exception_id).sort(),
  );
  expect(exceptions.every(({ card_status }) => card_status === 'pending')).toBe(true);
  const holds = await inWorkspace(
    sql,
    workspaceId,
    (tx) =>
      tx<{ exception_id: string }[]>`select exception_id from hold where state = 'open' order by number`,
  );
  expect(holds.map(({ exception_id }) => exception_id).sort()).toEqual(
    exceptions
      .filter(({ status }) => status === 'open')
      .map(({ exception_id }) => exception_id)
      .sort(),
  );
});
