import type { Command } from 'commander';
import { type Context, environmentNow } from '../context.ts';
import { openDatabase } from '../database.ts';

/** `tieout database-url`: how to reach the embedded database with another client. */
export function addDatabaseUrl(program: Command, { output }: Context): void {
  program
    .command('database-url')
    .description('print the address of the database (it contains its password)')
    .option('--admin', 'the superuser of the embedded server instead of the application role')
    .addHelpText('after', '\nExamples:\n  psql "$(npm run -s tieout -- database-url)"')
    .action(async (options: { admin?: boolean }) => {
      const database = await openDatabase(environmentNow(), { as: 'stepDown' });
      output.answer(options.admin ? database.adminUrl : database.url);
      await database.close();
    });
}
