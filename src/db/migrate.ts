import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import { z } from 'zod';
import { Fault } from '../core/fault.ts';
import { connect, type Sql } from './client.ts';
import { databaseError, ROLES_FIRST, toFault } from './errors.ts';
import { schemaOwner } from './schema-owner.sql.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));

const APPLIED = { migrationsSchema: 'tieout_migrations', migrationsTable: 'applied' };
// Any number will do as long as nobody else takes it: "tieout" in ASCII.
const LOCK = 0x7469656f7574n;

type Migration = { readonly tag: string; readonly when: number; readonly hash: string };

const journalShape = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });
const appliedRow = z.object({ hash: z.string(), created_at: z.coerce.number() });

/**
 * Brings the database to the version of this code; `applied` is how many migrations that took.
 *
 * All or nothing, one at a time: others that start meanwhile wait, and then find nothing to do.
 * Throws: Fault('schema_newer') when the database has migrations this code does not know,
 *         Fault('migrations_inconsistent') when the files and the journal disagree or one would be passed over,
 *         Fault('roles_missing') when the tables belong to somebody else than `tieout_owner`.
 */
export async function migrate(
  adminUrl: string,
  folder: string = MIGRATIONS_FOLDER,
): Promise<{ applied: number; version: string }> {
  const known = readMigrations(folder);
  const sql = connect({ url: adminUrl, role: 'admin', applicationName: 'tieout migrate' });
  try {
    await sql`select pg_advisory_lock(${LOCK})`;
    const before = await readApplied(sql);
    refuseNewer(before, known);
    refusePassedOver(before, known);
    await refuseUnowned(sql);
    await runMigrations(drizzle(sql), { migrationsFolder: folder, ...APPLIED });
    await letApplicationRead(sql);
    const after = await readApplied(sql);
    refuseMissing(after, known);
    return { applied: after.length - before.length, version: versionOf(known) };
  } catch (error) {
    throw asMigrationFault(error);
  } finally {
    await sql.end({ timeout: 5 }); // the lock goes with the connection
  }
}

/**
 * The version of the database, when it is exactly this code's; asked at every start.
 *
 * Throws: Fault('schema_missing' | 'schema_older' | 'schema_newer') that names the command to run.
 */
export async function schemaVersion(sql: Sql, folder: string = MIGRATIONS_FOLDER): Promise<string> {
  const known = readMigrations(folder);
  const applied = await readApplied(sql).catch((error: unknown) => {
    throw toFault(error);
  });
  if (applied.length === 0) {
    throw new Fault('schema_missing', 'The database has no Tieout tables yet: run "tieout migrate".');
  }
  refuseNewer(applied, known);
  const missing = known.filter(({ hash }) => !applied.some((row) => row.hash === hash));
  if (missing.length > 0) {
    throw new Fault(
      'schema_older',
      `The database is older than this code, ${missing[0]?.tag} and ${missing.length - 1} more are missing: run "tieout migrate".`,
    );
  }
  return versionOf(known);
}

/** The migrations of this code in their order; every file is in the journal and every later one has a later date. */
export function readMigrations(folder: string = MIGRATIONS_FOLDER): Migration[] {
  const { entries } = journalShape.parse(
    JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')),
  );
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  const unlisted = files.filter((name) => !entries.some(({ tag }) => `${tag}.sql` === name));
  if (unlisted.length > 0 || files.length !== entries.length) {
    throw inconsistent(
      `${folder} holds ${files.length} files and its journal lists ${entries.length}` +
        `${unlisted.length > 0 ? `; not listed: ${unlisted.join(', ')}` : ''}`,
    );
  }
  entries.forEach(({ tag, when }, index) => {
    const previous = entries[index - 1];
    // The migrator would pass over an older date without a word.
    if (previous !== undefined && previous.when >= when) {
      throw inconsistent(
        `${tag} is dated before ${previous.tag}: give it a later "when" in meta/_journal.json`,
      );
    }
  });
  return entries.map(({ tag, when }) => ({ tag, when, hash: hashOf(join(folder, `${tag}.sql`)) }));
}

const hashOf = (path: string): string =>
  createHash('sha256').update(readFileSync(path, 'utf8')).digest('hex');

const versionOf = (known: readonly Migration[]): string => known.at(-1)?.tag ?? 'none';

async function readApplied(sql: Sql): Promise<z.infer<typeof appliedRow>[]> {
  try {
    const rows = await sql`
      select hash, created_at from tieout_migrations.applied order by created_at
    `;
    return rows.map((row) => appliedRow.parse(row));
  } catch (error) {
    if (['42P01', '3F000'].includes(databaseError(error)?.code ?? '')) return []; // a database without Tieout
    throw error;
  }
}

/** The application checks the version at its start, so it may read the list. */
async function letApplicationRead(sql: Sql): Promise<void> {
  await sql.unsafe(`
    do $$
    begin
      if exists (select from pg_roles where rolname = 'tieout_app') then
        grant usage on schema tieout_migrations to tieout_app;
        grant select on tieout_migrations.applied to tieout_app;
      end if;
    end
    $$
  `);
}

/** A backup that was restored where the roles are not yet: its tables belong to whoever restored, and its rights are gone. */
async function refuseUnowned(sql: Sql): Promise<void> {
  const owner = await schemaOwner(sql);
  if (owner === undefined || owner === 'tieout_owner') return;
  throw new Fault('roles_missing', `The tables belong to ${owner} and not to tieout_owner. ${ROLES_FIRST}`);
}

type Applied = readonly z.infer<typeof appliedRow>[];

function refuseNewer(applied: Applied, known: readonly Migration[]): void {
  const foreign = applied.filter((row) => !known.some(({ hash }) => hash === row.hash));
  if (foreign.length === 0) return;
  const edited = foreign
    .map((row) => known.find(({ when }) => when === row.created_at))
    .find((it) => it !== undefined);
  if (edited !== undefined) {
    throw inconsistent(
      `${edited.tag}.sql was changed after it was applied: restore it, and put the change in a new migration`,
    );
  }
  const date = new Date(foreign.at(-1)?.created_at ?? 0).toISOString().slice(0, 10);
  throw new Fault(
    'schema_newer',
    `The database has ${foreign.length} migrations that this code does not know (the last of ${date}): ` +
      'deploy the newer code, or restore the database from before.',
  );
}

function refusePassedOver(applied: Applied, known: readonly Migration[]): void {
  const last = applied.at(-1)?.created_at ?? 0;
  const passed = known.find(({ hash, when }) => when < last && !applied.some((row) => row.hash === hash));
  if (passed !== undefined) {
    throw inconsistent(
      `${passed.tag} is dated before the last applied migration and would be passed over: date it later`,
    );
  }
}

function refuseMissing(applied: Applied, known: readonly Migration[]): void {
  const missing = known.find(({ hash }) => !applied.some((row) => row.hash === hash));
  if (missing !== undefined) throw inconsistent(`${missing.tag} was not applied`);
}

const inconsistent = (what: string): Fault => new Fault('migrations_inconsistent', `Migrations: ${what}.`);

/** A statement that fails is named with its SQL: the person who migrates has to find it. */
function asMigrationFault(error: unknown): unknown {
  const said = databaseError(error);
  if (error instanceof Fault || said === undefined || !(error instanceof Error)) return toFault(error);
  if (said.code === '42501')
    return new Fault('permission_denied', mayNotMigrate(said.message), { cause: error });
  return new Fault(
    'migration_failed',
    `A migration failed, and nothing was changed: ${said.message} (${said.code}).`,
    {
      cause: error,
    },
  );
}

const mayNotMigrate = (why: string): string =>
  `This login may not migrate, and nothing was changed: ${why}. Give "tieout migrate" an administrator's DATABASE_URL, ` +
  'a login that may create roles and schemas; the service keeps its own.';
