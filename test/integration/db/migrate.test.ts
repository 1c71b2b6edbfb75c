import { randomUUID } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { asAdmin, createDatabaseIfMissing } from '../../../src/db/databases.ts';
import { MIGRATIONS_FOLDER, migrate, readMigrations, schemaVersion } from '../../../src/db/migrate.ts';
import { testDatabase } from '../../support/database.ts';
import { scratchFolder } from '../../support/scratch.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

type Journal = { entries: { idx: number; when: number; tag: string }[] };

/** The migrations of this code, with the journal changed and files added. */
function changedMigrations(change: (journal: Journal) => void, files: Record<string, string> = {}): string {
  const folder = join(scratchFolder(), 'migrations');
  cpSync(MIGRATIONS_FOLDER, folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const path = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(path, 'utf8')) as Journal;
  change(journal);
  writeFileSync(path, JSON.stringify(journal));
  return folder;
}

async function emptyDatabase(): Promise<string> {
  const name = `tieout_test_${Date.now()}_empty${Math.random().toString(36).slice(2)}`;
  onTestFinished(() =>
    asAdmin(inject('adminUrl'), (admin) => admin`drop database ${admin(name)} with (force)`).then(() => {}),
  );
  return await createDatabaseIfMissing(inject('adminUrl'), name);
}

const FUTURE = Date.UTC(2999, 0, 1);

describe('migrating', () => {
  it('makes an empty database this code’s version, once, when eight start at the same time', async () => {
    const url = await emptyDatabase();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => migrate(url)));

    const known = readMigrations();
    expect(outcomes.map(({ applied }) => applied).sort((a, b) => b - a)).toEqual([
      known.length,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
    ]);
    expect(new Set(outcomes.map(({ version }) => version))).toEqual(new Set([known.at(-1)?.tag]));
  });

  it('refuses a database newer than this code', async () => {
    const newer = changedMigrations(
      (journal) =>
        journal.entries.push({ ...journal.entries[0], idx: 99, when: FUTURE, tag: '0099_future' } as never),
      { '0099_future.sql': 'select 1;' },
    );
    const url = await emptyDatabase();
    await migrate(url, newer);
    const late = connect({ url, role: 'admin' });
    onTestFinished(() => late.end());

    await expect(migrate(url)).rejects.toMatchObject({ code: 'schema_newer' });
    await expect(schemaVersion(late)).rejects.toMatchObject({ code: 'schema_newer' });
  });

  it('changes nothing when one statement fails', async () => {
    const broken = changedMigrations(
      (journal) =>
        journal.entries.push({ ...journal.entries[0], idx: 99, when: FUTURE, tag: '0099_broken' } as never),
      { '0099_broken.sql': 'create table tieout.half (id int);\n--> statement-breakpoint\nselect 1/0;' },
    );

    await expect(migrate(database.adminUrl, broken)).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringContaining('division by zero'),
    });
    expect(await sql`select to_regclass('tieout.half') as half`).toEqual([{ half: null }]);
  });

  it('names the login it needs when it is given one that may create nothing', async () => {
    const password = 'only-looks';
    const url = new URL(await emptyDatabase());
    const server = connect({ url: url.href, role: 'admin' });
    onTestFinished(() => server.end());
    await server.unsafe(
      `drop role if exists tieout_looks; create role tieout_looks login password '${password}'`,
    );
    url.username = 'tieout_looks';
    url.password = password;

    await expect(migrate(url.href)).rejects.toMatchObject({
      code: 'permission_denied',
      message: expect.stringContaining('a login that may create roles and schemas'),
    });
  });

  it('refuses tables that a restore gave to somebody else, and says that the roles come first', async () => {
    const url = await emptyDatabase();
    await migrate(url);
    await asAdmin(url, (admin) => admin`alter schema tieout owner to current_user`);

    await expect(migrate(url)).rejects.toMatchObject({
      code: 'roles_missing',
      message: expect.stringContaining('create role tieout_owner nologin'),
    });
  });

  it('refuses a migration that was changed after it was applied', async () => {
    const edited = changedMigrations(() => {}, { '0000_roles.sql': 'select 1;' });

    await expect(migrate(database.adminUrl, edited)).rejects.toThrow(
      '0000_roles.sql was changed after it was applied',
    );
  });

  it('refuses a migration dated before its predecessor, which would be passed over', () => {
    const folder = changedMigrations(
      (journal) =>
        journal.entries.push({ ...journal.entries[0], idx: 99, when: 1, tag: '0099_late' } as never),
      { '0099_late.sql': 'select 1;' },
    );

    expect(() => readMigrations(folder)).toThrow('0099_late is dated before');
  });

  it('refuses a file that is not in the journal', () => {
    const folder = changedMigrations(() => {}, { '0099_forgotten.sql': 'select 1;' });

    expect(() => readMigrations(folder)).toThrow('not listed: 0099_forgotten.sql');
  });
});

describe('a database of an earlier release', () => {
  /** The migrations as they were before one of them. */
  const before = (tag: string): string => {
    let later: string[] = [];
    const folder = changedMigrations((journal) => {
      const at = journal.entries.findIndex((entry) => entry.tag === tag);
      later = journal.entries.slice(at).map((entry) => `${entry.tag}.sql`);
      journal.entries = journal.entries.slice(0, at);
    });
    for (const name of later) rmSync(join(folder, name));
    return folder;
  };

  it('keeps which records its matches have (0034)', async () => {
    const url = await emptyDatabase();
    await migrate(url, before('0034_members_by_record'));
    const admin = connect({ url, role: 'admin' });
    onTestFinished(() => admin.end());
    const [workspace, reconciliation, run, live, superseded] = Array.from({ length: 5 }, () => randomUUID());
    const records = Array.from({ length: 3 }, () => randomUUID()).sort();
    await admin`
      insert into tieout.match (workspace_id, match_id, reconciliation_id, run_id, pass, group_key, inputs_hash, outcome, is_live)
      select ${workspace ?? ''}::uuid, m.match_id, ${reconciliation ?? ''}::uuid, ${run ?? ''}::uuid, 'po', '1', 'x', 'equal', m.is_live
      from (values (${live ?? ''}::uuid, true), (${superseded ?? ''}::uuid, false)) as m (match_id, is_live)`;
    await admin`
      insert into tieout.match_member (workspace_id, match_id, record_id, reconciliation_id, side, record_version, is_live)
      select ${workspace ?? ''}::uuid, m.match_id, r.record_id, ${reconciliation ?? ''}::uuid, 'actual', 1, m.is_live
      from (values (${live ?? ''}::uuid, true, 3), (${superseded ?? ''}::uuid, false, 2)) as m (match_id, is_live, size)
      cross join unnest(${records.toReversed()}::uuid[]) with ordinality as r (record_id, nth)
      where r.nth <= m.size`;

    await migrate(url);

    expect(await admin`select match_id, record_ids::text[] from tieout.match order by is_live desc`).toEqual([
      { match_id: live, record_ids: records },
      { match_id: superseded, record_ids: records.slice(1) },
    ]);
  });
});

describe('the version of a database', () => {
  it('is told to the application role', async () => {
    expect(await schemaVersion(sql)).toBe(readMigrations().at(-1)?.tag);
  });

  it('is refused when migrations are missing, with the command to run', async () => {
    const newer = changedMigrations(
      (journal) =>
        journal.entries.push({ ...journal.entries[0], idx: 99, when: FUTURE, tag: '0099_future' } as never),
      { '0099_future.sql': 'select 1;' },
    );

    await expect(schemaVersion(sql, newer)).rejects.toMatchObject({
      code: 'schema_older',
      message: expect.stringContaining('tieout migrate'),
    });
  });

  it('is refused on a database without tables', async () => {
    const bare = connect({ url: await emptyDatabase(), role: 'admin' });
    onTestFinished(() => bare.end());

    await expect(schemaVersion(bare)).rejects.toMatchObject({ code: 'schema_missing' });
  });
});
