import type { Command } from 'commander';
import { inWorkspace } from '../../db/tx.ts';
import { type ReplayReport, replayQuarantine } from '../../pipeline/ingest/replay.ts';
import { listQuarantine, type QuarantinedLine } from '../../pipeline/report/quarantine.sql.ts';
import { type Context, withConfig, withWorkspace } from '../context.ts';
import { cutTo } from '../cut-to.ts';
import { assertKnownFeed } from '../known-feed.ts';
import { inert, type Output, table, toJson } from '../output.ts';
import { limitOf } from './exceptions.ts';

const HELP = `
A row is off the list once it is a record: its source corrected it and delivered again, or its feed's contract was
corrected and the row is read again from the bytes that were kept. Nothing enters twice, and what came later stands.

Examples:
  tieout quarantine --feed invoice_lines
  tieout quarantine replay --feed invoice_lines`;

/** `tieout quarantine`: rows that could not be read, each with its reason; `replay` reads them again. */
export function addQuarantine(program: Command, { output }: Context): void {
  const quarantine = program
    .command('quarantine')
    .description('list quarantined rows with file, line and reason; read them again')
    .addHelpText('after', HELP);
  quarantine
    .command('list', { isDefault: true })
    .description('list quarantined rows with file, line and reason')
    .option('--feed <feed>', 'only this feed')
    .option('--all', 'also those that were settled, and how')
    .option('--limit <number>', 'how many at most', '100')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON, with the raw text')
    .addHelpText('after', HELP)
    .action((options: ListOptions) => list(output, options));
  quarantine
    .command('replay')
    .description('read quarantined rows again, by the contracts in force')
    .option('--feed <feed>', 'only this feed')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action((options: { feed?: string; json?: boolean }) => replay(output, options));
}

type ListOptions = { feed?: string; all?: boolean; limit: string; workspace?: string; json?: boolean };

async function list(output: Output, options: ListOptions): Promise<void> {
  const { feed, all: isAll = false } = options;
  const limit = limitOf(options.limit);
  const read = await withWorkspace(options, async (database, workspaceId, config) => {
    const found = await inWorkspace(database.pool('reports'), workspaceId, (tx) =>
      listQuarantine(tx, workspaceId, { feed, isAll, limit: limit + 1 }),
    );
    if (found.length === 0) assertKnownFeed(feed, config);
    return found;
  });
  const rows = cutTo(read, limit, output);
  if (options.json) {
    output.answer(toJson(rows.map((row) => ({ ...row, raw: row.raw.toString('utf8') }))));
    return;
  }
  if (rows.length === 0) return output.answer('Nothing is quarantined.');
  const header = ['feed', 'file:line', 'reason', 'field', 'detail', ...(isAll ? ['settled'] : [])];
  output.answer(
    table(
      header,
      rows.map((row) => [...cellsOf(row), ...(isAll ? [row.settled ?? ''] : [])]),
    ),
  );
}

const cellsOf = (row: QuarantinedLine): readonly string[] => [
  row.feed,
  row.line === 0 ? inert(row.delivery) : `${inert(row.delivery)}:${row.line}`,
  row.reason,
  row.field ?? '',
  inert(row.detail),
];

async function replay(output: Output, { feed, json }: { feed?: string; json?: boolean }): Promise<void> {
  const reports = await withConfig(async ({ database, config, workspaceId }) => {
    assertKnownFeed(feed, config);
    const found: ReplayReport[] = [];
    for (const [key, contract] of config.feeds) {
      if (feed !== undefined && key !== feed) continue;
      found.push(...(await replayQuarantine(database.pool('runs'), { workspaceId, contract })));
    }
    return found;
  });
  if (json) return output.answer(toJson(reports));
  if (reports.length === 0) return output.answer('Nothing is quarantined that could be read again.');
  for (const report of reports) print(output, report);
}

function print(output: Output, report: ReplayReport): void {
  const { feed, name, problem, rowsSuperseded, rowsSkipped } = report;
  const about = `${feed}  ${inert(name)}`;
  if (problem !== undefined) {
    output.answer(`${about}: not read again: ${inert(problem)}`);
    return;
  }
  const counts = [
    `${report.rowsRead} read again`,
    `${report.rowsNew} new`,
    `${report.rowsChanged} changed`,
    `${report.rowsUnchanged} unchanged`,
    ...(rowsSuperseded > 0 ? [`${rowsSuperseded} older than what stands`] : []),
    ...(rowsSkipped > 0 ? [`${rowsSkipped} left out by the contract`] : []),
    `${report.rowsQuarantined} still quarantined`,
  ];
  output.answer(`${about}: ${counts.join(', ')}`);
  for (const [reason, count] of Object.entries(report.reasons))
    output.answer(`  quarantined ${count}: ${reason}`);
}
