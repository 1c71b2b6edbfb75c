import type { Command } from 'commander';
import { FEED_FORMATS } from '../../config/schema-feed.ts';
import type { FeedContract } from '../../core/contract.ts';
import { suggestionEnd } from '../../core/nearest-word.ts';
import { ingestFile } from '../../pipeline/ingest/ingest-file.ts';
import { type Context, withConfig } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { toJson } from '../output.ts';
import { printDelivery } from '../print-delivery.ts';
import { ingestFromSource } from './ingest-from-source.ts';

const HELP = `
Without a file, the feed's source is asked for what changed (pull: in its file), and what was pushed becomes records.
A row that breaks the feed's contract is quarantined with its line, reason and raw text; the others go on.
The same file again changes nothing. Exit 1 when the whole file was quarantined, or held for a person.

Examples:
  tieout ingest invoice_lines --file november.csv
  tieout ingest invoice_lines --file november.csv.gz
  source-stripe read … | tieout ingest invoice_lines --format airbyte -
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
    .option('--file <file>', 'the file to read')
    .option('--format <format>', `${FEED_FORMATS.join(', ')}; when it is not the one of the contract`)
    .option('--since <day>', 'ask the source again from this day on, whatever was asked before')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (feed: string, source: string | undefined, options: Options) => {
      if (source === undefined && options.file === undefined) {
        await ingestFromSource(output, { feed, since: options.since, json: options.json });
        return;
      }
      const path = pathOf(source, options);
      const report = await withConfig(async ({ database, config, workspaceId }) => {
        const contract = config.feeds.get(feed);
        if (!contract) {
          throw new Stop(`No feed "${feed}"${suggestionEnd(feed, [...config.feeds.keys()])}`, EXIT.usage);
        }
        return await ingestFile(database.pool('runs'), {
          workspaceId,
          contract: { ...contract, ...formatOf(options.format) },
          from: path === '-' ? { stream: process.stdin } : { path },
        });
      });
      if (options.json) output.answer(toJson(report));
      else printDelivery(output, report);
      if (report.status === 'quarantined' || report.status === 'held') process.exitCode = EXIT.failed;
    });
}

type Options = { file?: string; format?: string; since?: string; json?: boolean };

function pathOf(source: string | undefined, { file }: Options): string {
  if (file !== undefined && source === undefined) return file;
  if (source === '-' && file === undefined) return '-';
  throw new Stop('Say what to read: --file FILE, or - for standard input.', EXIT.usage);
}

/** What of the contract another format changes. */
function formatOf(given: string | undefined): Partial<Pick<FeedContract, 'format' | 'delimiter'>> {
  if (given === undefined) return {};
  const format = FEED_FORMATS.find((known) => known === given);
  if (format === 'tsv') return { format: 'csv', delimiter: '\t' };
  if (format !== undefined) return { format };
  throw new Stop(`--format is "${given}"; it must be one of ${FEED_FORMATS.join(', ')}.`, EXIT.usage);
}
