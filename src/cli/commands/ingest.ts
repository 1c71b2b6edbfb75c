import type { Command } from 'commander';
import { FEED_FORMATS } from '../../config/schema-feed.ts';
import { ingestFile } from '../../pipeline/ingest/ingest-file.ts';
import { isKeptOut } from '../../pipeline/ingest/report.ts';
import { type Context, withConfig } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { toJson } from '../output.ts';
import { printDelivery } from '../print-delivery.ts';
import { watching } from '../watching.ts';
import { limitOf } from './exceptions.ts';
import { ingestDryRun } from './ingest-dry-run.ts';
import { ingestFromSource } from './ingest-from-source.ts';
import { contractOf, fromOf, identityOf } from './ingest-request.ts';

const HELP = `
Without a file, the feed's source is asked for what changed (pull: in its file), and what was pushed becomes records.
A row that breaks the feed's contract is quarantined with its line, reason and raw text; the others go on.
Several files are one delivery: all of them are taken, or none. The same file again changes nothing. With --dry-run
nothing is kept: it shows how the first rows are read, what it would come to, and every row that would be quarantined.
Exit 1 when the whole file was quarantined, or held for a person; also when it comes again and still is, or was rejected.

Examples:
  tieout ingest invoice_lines --file november.csv --dry-run
  tieout ingest invoice_lines --file november.csv
  tieout ingest invoice_lines --file part-1.csv.gz --file part-2.csv.gz
  source-stripe read … | tieout ingest stripe_invoices --format airbyte --stream invoices -
  tap-quickbooks … | tieout ingest invoice_lines --format singer -
  tieout ingest stripe_invoices
  tieout ingest stripe_invoices --since 2026-01-01`;

/** `tieout ingest <feed>`: takes one delivery in. */
export function addIngest(program: Command, { output }: Context): void {
  program
    .command('ingest')
    .description('take in one delivery of a feed')
    .argument('<feed>', 'the feed, as named in feeds/*.yaml')
    .argument('[source]', '"-" reads standard input')
    .option('--file <file>', 'the file to read; several times for files that are one delivery', collect, [])
    .option('--format <format>', `${FEED_FORMATS.join(', ')}; when it is not the one of the contract`)
    .option(
      '--stream <name>',
      'with airbyte and singer: whose records are taken; the name of the feed when absent',
    )
    .option('--since <day>', 'ask the source again from this day on, whatever was asked before')
    .option('--dry-run', 'show what it would come to, and keep nothing')
    .option('--limit <number>', 'how many quarantined rows a dry run lists', '50')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (feed: string, source: string | undefined, options: Options) => {
      const { file: files, format, stream, since, json, dryRun } = options;
      const from = fromOf({ source, files });
      if (from !== undefined && since !== undefined) {
        throw new Stop(
          '--since is asked of the source of a feed; a file is read whole, whatever its days.',
          EXIT.usage,
        );
      }
      if (dryRun) {
        await ingestDryRun(output, feed, {
          from,
          format,
          stream,
          since,
          json,
          limit: limitOf(options.limit),
        });
        return;
      }
      if (from === undefined) {
        await ingestFromSource(output, { feed, since, json });
        return;
      }
      const report = await withConfig(({ database, config, workspaceId }) =>
        ingestFile(database.pool('runs'), {
          workspaceId,
          contract: contractOf(config, feed, { format, stream }),
          from,
          ...identityOf(config, feed, { format, stream }),
          watch: watching(output, feed),
        }),
      );
      if (json) output.answer(toJson(report));
      else printDelivery(output, report);
      if (isKeptOut(report)) process.exitCode = EXIT.failed;
    });
}

const collect = (file: string, files: readonly string[]): readonly string[] => [...files, file];

type Options = {
  file: readonly string[];
  format?: string;
  stream?: string;
  since?: string;
  dryRun?: boolean;
  limit: string;
  json?: boolean;
};
