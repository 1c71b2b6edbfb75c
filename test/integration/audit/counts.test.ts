import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { replayQuarantine } from '../../../src/pipeline/ingest/replay.ts';
import { testDatabase } from '../../support/database.ts';
import { invoice, order } from '../../support/ledger.ts';
import { matchAs, startedWith } from '../../support/pairing.ts';
import { ORDERS, organisation, workspace } from '../ingest/setup.ts';
import { tamper } from './tamper.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const problemsOf = async (workspaceId: string) =>
  (await verifyAudit(sql, { workspaceId, anchors: [] })).problems;

const HEADER = 'order_id,amount,currency,order_date,memo\n';
const row = (id: string, amount: string, currency = 'USD') => `${id},${amount},${currency},2026-01-05,\n`;

let count = 0;
/** Three orders; a later delivery changes one, brings one, repeats one, and has a day that only a later contract can read. */
async function delivered(): Promise<string> {
  count += 1;
  const at = await workspace(database, `counts ${count}`);
  await at.deliver(HEADER + row('A', '1.00') + row('B', '2.00') + row('C', '3.00', 'EUR'));
  await at.deliver(
    `${HEADER + row('A', '1.00') + row('B', '2.50') + row('D', '4.00')}E,9.00,USD,05/01/2026,\n`,
  );
  const fields = ORDERS.fields.map((field) =>
    field.name === 'order_date' ? { ...field, type: { kind: 'date', format: 'DD/MM/YYYY' } as const } : field,
  );
  const contract = { ...ORDERS, fields, body: '{"feed":"orders","days":true}', sha256: '2'.repeat(64) };
  await applyConfig(
    at.sql,
    {
      organisation: organisation(`counts ${count}`),
      feeds: new Map([['orders', contract]]),
      reconciliations: new Map(),
    },
    { now: new Date('2026-11-23T00:00:00Z') },
  );
  const [replayed] = await replayQuarantine(at.sql, { workspaceId: at.workspaceId, contract });
  expect(replayed).toMatchObject({ rowsNew: 1 });
  await at.sql.end();
  return at.workspaceId;
}

describe('records that were changed behind the trail', () => {
  it.each([
    [
      'an amount',
      "update record set amount_minor = 1 where source_ref = 'A'",
      /minor units of USD, the rows to/,
    ],
    [
      'a currency',
      "update record set currency = 'GBP' where source_ref = 'C'",
      /come to 0 minor units of GBP, the rows to 300/,
    ],
    ['an earlier version', 'update record_version set amount_minor = 1', /minor units of USD, the rows to/],
    [
      'a record taken away',
      "delete from record where source_ref = 'D'",
      /written, edits among them, and there are/,
    ],
    [
      'a record taken back',
      "update record set is_removed = true where source_ref = 'C'",
      /300 minor units of EUR, the rows to 0/,
    ],
  ])('show %s', async (_what, change, words) => {
    const workspaceId = await delivered();
    expect(await problemsOf(workspaceId)).toEqual([]);

    await tamper(database.adminUrl, (tx) =>
      tx.unsafe(`${change}${change.includes('where') ? ' and' : ' where'} workspace_id = '${workspaceId}'`),
    );

    const told = await problemsOf(workspaceId);
    expect(told).toContainEqual({ where: 'records of orders', what: expect.stringMatching(words) });
  });
});

/** One order and its invoice matched by a run, and two that a person brought together. */
async function matched(): Promise<string> {
  const lone = order('2', 70_00n);
  const other = invoice('3', 70_00n);
  const at = await startedWith(sql, [order('1', 100_00n), invoice('1', 100_00n), lone, other]);
  const result = await matchAs(sql, at, { row: lone, others: [other] });
  expect(result.ok).toBe(true);
  return at.workspaceId;
}

describe('matches that were changed behind the trail', () => {
  it.each([
    ['one that stands no more', 'update match set is_live = false', 'the trail says 2 stand, and 0 do'],
    ['one taken away', 'delete from match', 'the trail says 2 were made, and there are 0'],
    [
      'a member set free',
      'update match_member set is_live = false',
      'those that stand bring 4 records together, and 0 are marked so',
    ],
  ])('show %s', async (_what, change, words) => {
    const workspaceId = await matched();
    expect(await problemsOf(workspaceId)).toEqual([]);

    await tamper(database.adminUrl, (tx) => tx.unsafe(`${change} where workspace_id = '${workspaceId}'`));

    const told = await problemsOf(workspaceId);
    expect(told).toContainEqual({ where: 'matches of orders-vs-invoices', what: words });
  });
});
