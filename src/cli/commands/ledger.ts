import type { Command } from 'commander';
import { isPeriod } from '../../core/adjust.ts';
import { type CsvCell, csvLine } from '../../core/csv.ts';
import type { LedgerEntry } from '../../core/entry.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { toDecimal } from '../../core/money.ts';
import { entryLabel } from '../../core/proposal.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { type LedgerQuery, ledgerEntries } from '../../pipeline/report/ledger-entries.sql.ts';
import { type Context, withWorkspace } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import type { Output } from '../output.ts';

const HELP = `
Writes the entries that are booked to a month as CSV: one line each in the order in which they were booked, amounts with their
decimals, a reversal as a negative amount that names what it takes back. The same month again is the same lines, and more once
more was booked; --after leaves out what an earlier file had. Text that a spreadsheet would take for a formula begins with an
apostrophe.

Examples:
  tieout ledger --period 2026-10 > ledger-2026-10.csv
  tieout ledger --period 2026-10 --after A-1042`;

type Options = { period: string; after?: string; workspace?: string };

/** `tieout ledger`: entries as a file. */
export function addLedger(program: Command, { output }: Context): void {
  program
    .command('ledger')
    .description('write the entries of a month as CSV, for the ledger')
    .requiredOption('--period <month>', 'the month that they are booked to, such as 2026-10')
    .option('--after <entry>', 'only those booked after this one, such as A-1042')
    .option('--workspace <name>', 'when the database holds several')
    .addHelpText('after', HELP)
    .action((options: Options) => {
      const asked = { period: periodOf(options.period), after: afterOf(options.after) };
      return withWorkspace(options, (database, workspaceId) =>
        inWorkspace(
          database.pool('reports'),
          workspaceId,
          (tx) => write(tx, output, { workspaceId, ...asked }),
          {
            snapshot: true,
          },
        ),
      );
    });
}

/** A month as given, checked. Throws: Stop. */
export function periodOf(given: string | undefined): string | undefined {
  if (given === undefined || isPeriod(given)) return given;
  throw new Stop(`--period is "${given}"; it must be a month like 2026-10.`, EXIT.usage);
}

function afterOf(given: string | undefined): bigint | undefined {
  if (given === undefined) return undefined;
  const digits = /^(?:A-)?(\d{1,18})$/i.exec(given)?.[1];
  if (digits === undefined)
    throw new Stop(`--after is "${given}"; it must be an entry like A-1042.`, EXIT.usage);
  return BigInt(digits);
}

/** So many are read at a time. */
const PAGE = 5_000;

async function write(tx: Tx, output: Output, query: Omit<LedgerQuery, 'limit'>): Promise<void> {
  output.answer(csvLine(COLUMNS.map(([name]) => name)));
  let { after } = query;
  for (;;) {
    const entries = await ledgerEntries(tx, { ...query, after, limit: PAGE });
    for (const entry of entries) output.answer(csvLine(COLUMNS.map(([, cell]) => cell(entry))));
    const last = entries.at(-1);
    if (!last || entries.length < PAGE) return;
    after = last.number;
  }
}

const COLUMNS: readonly (readonly [string, (entry: LedgerEntry) => CsvCell])[] = [
  ['entry', ({ number }) => entryLabel(number)],
  ['kind', ({ kind }) => kind],
  ['reverses', ({ reverses }) => (reverses === undefined ? undefined : entryLabel(reverses))],
  ['booked_period', ({ bookedPeriod }) => bookedPeriod],
  ['original_period', ({ originalPeriod }) => originalPeriod],
  ['applied_at', ({ appliedAt }) => appliedAt.toISOString()],
  ['exception', ({ exceptionNumber }) => exceptionLabel(exceptionNumber)],
  ['client', ({ client }) => client],
  ['order', ({ orderRef }) => orderRef],
  ['payee', ({ payee }) => payee],
  ['direction', ({ direction }) => direction],
  ['amount', ({ amount }) => ({ figure: toDecimal(amount) })],
  ['currency', ({ amount }) => amount.currency],
  ['code', ({ code }) => code],
  ['reason_code', ({ reasonCode }) => reasonCode],
  ['made_by', ({ madeBy }) => madeBy],
  ['approved_by', ({ approvedBy }) => approvedBy],
  ['evidence', ({ evidence }) => evidence],
  ['note', ({ note }) => note],
];
