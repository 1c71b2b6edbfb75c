import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { approve } from '../../../src/pipeline/act/approve.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { AT, onHold, overbilled, TERMS } from '../../support/adjusting.ts';
import { testDatabase } from '../../support/database.ts';
import { onlyException, press, type SeededWorkspace } from '../../support/ledger.ts';
import { tamper } from './tamper.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

let booked: SeededWorkspace;
let held: SeededWorkspace;

const problemsOf = async ({ workspaceId }: SeededWorkspace) =>
  (await verifyAudit(sql, { workspaceId, anchors: [] })).problems;

/** Eighty dollars that Ana proposed and Fay approved; and a hold. */
beforeAll(async () => {
  booked = await overbilled(sql);
  const request = press(booked, 'ana', await onlyException(sql, booked));
  const said = { code: 'adjusted', note: 'Agreed', amount: '80', reason: 'billing_error' };
  await resolve(sql, { ...request, ...said }, { ...TERMS, now: AT });
  await approve(sql, press(booked, 'fay', await onlyException(sql, booked)), { zone: 'UTC', now: AT });
  held = await onHold(sql);
});

/** Changes rows of a table with its guards off, looks what is told, and puts the table back. */
async function toldAfter(table: string, change: string): Promise<readonly { where: string; what: string }[]> {
  expect([...(await problemsOf(booked)), ...(await problemsOf(held))]).toEqual([]);
  const columns = async (tx: { unsafe: typeof sql.unsafe }) => {
    const rows = await tx.unsafe(`
      select string_agg(quote_ident(attname), ', ' order by attnum) as names from pg_attribute
      where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`);
    return String(rows[0]?.names);
  };
  await tamper(database.adminUrl, async (tx) => {
    await tx.unsafe(`create table public.kept as table ${table}`);
    await tx.unsafe(`alter table ${table} disable trigger all`);
    await tx.unsafe(change);
  });
  const told = [...(await problemsOf(booked)), ...(await problemsOf(held))];
  await tamper(database.adminUrl, async (tx) => {
    const names = await columns(tx as never);
    await tx.unsafe(`delete from ${table}`);
    await tx.unsafe(`insert into ${table} (${names}) select ${names} from public.kept`);
    await tx.unsafe('drop table public.kept');
  });
  return told;
}

describe('money whose row was changed behind the trail', () => {
  it.each([
    ['adjustment', 'update adjustment set amount_minor = 1', /^A-\d+$/, 'amount_minor 8000, the row 1'],
    ['adjustment', "update adjustment set booked_period = '2026-12'", /^A-\d+$/, 'booked_period 2026-10'],
    [
      'adjustment',
      'update adjustment set approved_by = made_by, made_by = approved_by',
      /^A-/,
      'approved_by',
    ],
    ['adjustment', "update adjustment set note = 'Other'", /^A-/, 'note Agreed, the row Other'],
    ['adjustment', 'delete from adjustment', /^A-/, 'the trail speaks of it and its row is gone'],
    ['adjustment', 'update adjustment set adjustment_id = gen_random_uuid()', /^A-/, 'it has no event'],
    ['hold', 'update hold set amount_minor = 1', /^H-\d+$/, 'amount_minor'],
    ['hold', "update hold set client = 'Evil'", /^H-/, 'client Acme, the row Evil'],
    ['hold', "update hold set expires_at = '2026-01-01'", /^H-/, 'expires_at none, the row 2026-01-01'],
    ['hold', 'delete from hold', /^H-/, 'the trail speaks of it and its row is gone'],
    [
      'proposal',
      'update proposal set proposed_by = decided_by, decided_by = proposed_by',
      /^proposal/,
      'proposed_by',
    ],
    [
      'proposal',
      "update proposal q set decided_by = (select p.person_id from person p where p.key = 'hugo' and p.workspace_id = q.workspace_id)",
      /^decision of event \d+$/,
      'decided_by',
    ],
    ['proposal', 'delete from proposal', /^proposal of event \d+$/, 'its row is gone'],
  ])('of %s by "%s" is shown', async (table, change, where, words) => {
    const told = await toldAfter(table, change);

    expect(told).toContainEqual({
      where: expect.stringMatching(where),
      what: expect.stringContaining(words),
    });
  });
});
