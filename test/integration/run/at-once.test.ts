import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { asAdmin } from '../../../src/db/databases.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { testDatabase } from '../../support/database.ts';
import {
  invoice,
  order,
  putRecords,
  rowCounts,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs', max: 2 });
afterAll(() => sql.end());

/** A matched pair, one that disagrees, and an order without an invoice. */
const RECORDS = [
  order('1', 100_00n),
  invoice('1', 100_00n),
  order('2', 100_00n),
  invoice('2', 180_00n),
  order('3', 100_00n),
];

const execute = (text: string) => asAdmin(database.adminUrl, (admin) => admin.unsafe(text).simple());

const runsOf = ({ workspaceId }: SeededWorkspace) =>
  inWorkspace(sql, workspaceId, (tx) => tx`select status, problem from run order by started_at, run_id`);

let workspace: SeededWorkspace;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeEach(async () => {
  workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, RECORDS);
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
});

/** The run is on record as failed with that problem; of what it wrote nothing is left, and the next one applies all. */
async function expectNothingLeft(why: RegExp): Promise<void> {
  expect(await runsOf(workspace)).toMatchObject([{ status: 'failed', problem: expect.stringMatching(why) }]);
  const { run: runs, ...others } = await rowCounts(sql, workspace);
  expect({ runs, others: Object.values(others).filter((count) => count > 0) }).toEqual({
    runs: 1,
    others: [],
  });
  expect(unhandled).toEqual([]);
}

describe('a statement that fails while something else of the run is under way', () => {
  /** Tables that are written or read while exceptions are made, the plan is put together, or the trail is written. */
  it.each(['known_name', 'match', 'match_member'])('fails the run: %s', async (table) => {
    await execute(`
      create function tieout.refuse() returns trigger language plpgsql as $$ begin raise exception 'no % today', tg_table_name; end $$;
      create trigger refuse before insert on tieout.${table} for each row execute function tieout.refuse()`);
    try {
      await expect(runLedger(sql, workspace)).rejects.toThrow(`no ${table} today`);
    } finally {
      await execute('drop function tieout.refuse() cascade');
    }

    await expectNothingLeft(new RegExp(`no ${table} today`));
    expect(await runLedger(sql, workspace)).toMatchObject({ status: 'applied', changes: { open: 2 } });
  });

  it.each(['delivery', 'rejected_candidate', 'team'])('fails the run: %s cannot be read', async (table) => {
    await execute(`alter table tieout.${table} rename to astray`);
    try {
      await expect(runLedger(sql, workspace)).rejects.toThrow(
        new RegExp(`relation "${table}" does not exist`),
      );
    } finally {
      await execute(`alter table tieout.astray rename to ${table}`);
    }

    await expectNothingLeft(new RegExp(`relation "${table}" does not exist`));
    expect(await runLedger(sql, workspace)).toMatchObject({ status: 'applied', changes: { open: 2 } });
  });
});

describe('what fails outside the database while a statement is under way', () => {
  it('fails the run, and no statement of it is sent outside its transaction', async () => {
    // Nobody owns what is found: routing fails while matches are compared.
    const organisation = { ...workspace.organisation, ownership: [] };

    await expect(runLedger(sql, workspace, { organisation })).rejects.toThrow(/own/);

    await expectNothingLeft(/own/);
    expect(await runLedger(sql, workspace)).toMatchObject({ status: 'applied', changes: { open: 2 } });
  });
});
