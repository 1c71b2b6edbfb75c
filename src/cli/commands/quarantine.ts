import type { Command } from 'commander';
import { inWorkspace } from '../../db/tx.ts';
import { listQuarantine } from '../../pipeline/report/quarantine.sql.ts';
import { type Context, withWorkspace } from '../context.ts';
import { inert, table, toJson } from '../output.ts';
import { limitOf } from './exceptions.ts';

/** `tieout quarantine`: rows that could not be read, each with its reason. */
export function addQuarantine(program: Command, { output }: Context): void {
  program
    .command('quarantine')
    .description('list quarantined rows with file, line and reason')
    .option('--feed <feed>', 'only this feed')
    .option('--limit <number>', 'how many at most', '100')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON, with the raw text')
    .addHelpText('after', '\nExamples:\n  tieout quarantine --feed invoice_lines')
    .action(async (options: Options) => {
      const rows = await withWorkspace(options, (database, workspaceId) =>
        inWorkspace(database.pool('reports'), workspaceId, (tx) =>
          listQuarantine(tx, workspaceId, { feed: options.feed, limit: limitOf(options.limit) }),
        ),
      );
      if (options.json) {
        output.answer(toJson(rows.map((row) => ({ ...row, raw: row.raw.toString('utf8') }))));
        return;
      }
      if (rows.length === 0) output.answer('Nothing is quarantined.');
      else {
        const cells = rows.map((row) => [
          row.feed,
          `${inert(row.delivery)}:${row.line}`,
          row.reason,
          row.field ?? '',
          inert(row.detail),
        ]);
        output.answer(table(['feed', 'file:line', 'reason', 'field', 'detail'], cells));
      }
    });
}

type Options = { feed?: string; limit: string; workspace?: string; json?: boolean };
