import type { Command } from 'commander';
import { startEmbeddedApplication } from '../../db/embedded/application.ts';
import { migrate } from '../../db/migrate.ts';
import { type Context, environmentNow } from '../context.ts';
import { toJson } from '../output.ts';
import { STATE } from '../state.ts';

const HELP = `
Give it a login that may create roles and schemas; the application itself logs in as a member of tieout_app:
  create role tieout_web login password '…' in role tieout_app;

Examples:
  DATABASE_URL=postgres://postgres@db.example/tieout tieout migrate
  tieout migrate --json`;

/** `tieout migrate`: brings the database to the version of this code. */
export function addMigrate(program: Command, { output }: Context): void {
  program
    .command('migrate')
    .description('bring the database to the version of this code; safe to start many at once')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (options: { json?: boolean }) => {
      const result = await migrateNow();
      if (options.json) output.answer(toJson(result));
      else output.answer(`Database is at ${result.version}; ${migrations(result.applied)} applied now.`);
    });
}

const migrations = (count: number): string => (count === 1 ? '1 migration was' : `${count} migrations were`);

async function migrateNow(): Promise<{ applied: number; version: string }> {
  const { databaseUrl } = environmentNow();
  if (databaseUrl !== undefined) return await migrate(databaseUrl);
  const embedded = await startEmbeddedApplication(STATE);
  try {
    return await migrate(embedded.adminUrl);
  } finally {
    await embedded.server.stop();
  }
}
