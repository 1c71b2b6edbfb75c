import type { Command } from 'commander';
import type { LedgerEntry, WaitingEntry } from '../../core/entry.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { formatMoney } from '../../core/money.ts';
import { entryLabel } from '../../core/proposal.ts';
import { newId } from '../../db/new-id.ts';
import { inWorkspace } from '../../db/tx.ts';
import { reverse } from '../../pipeline/act/reverse.ts';
import { ledgerEntries } from '../../pipeline/report/ledger-entries.sql.ts';
import { waitingEntries } from '../../pipeline/report/waiting-entries.sql.ts';
import { actingPerson, refusedBy } from '../acting-person.ts';
import { type Context, withConfig, withWorkspace } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { inert, type Output, table, toJson } from '../output.ts';
import { limitOf } from './exceptions.ts';
import { periodOf } from './ledger.ts';

const HELP = `
Lists the entries that resolving made for the ledger: adjustments, write-offs, and reversals of these. Entries are never
changed; "reverse" takes one back, whole, by a new one. Within the limit of whoever does it that happens at once; above it
another person of finance, or an ops lead, is asked in Slack. The exception stays as it is: reopen it if it is to be settled
anew. --waiting lists what another person still has to decide instead, the most urgent first; both are in Slack with /recon
adjustments. As a file for the ledger: tieout ledger.

Examples:
  tieout adjustments --period 2026-10
  tieout adjustments --waiting
  tieout adjustments reverse A-1042 --reason billing_error --note "booked twice" --as fay
  tieout adjustments --json`;

type Options = { period?: string; waiting?: boolean; limit: string; workspace?: string; json?: boolean };
type ReverseOptions = { reason?: string; note?: string; as?: string; json?: boolean };

/** `tieout adjustments`, and `tieout adjustments reverse`. */
export function addAdjustments(program: Command, context: Context): void {
  const { output } = context;
  const command = program
    .command('adjustments')
    .description('list what was booked for the ledger; take an entry back')
    .option('--period <month>', 'only what is booked to this month, such as 2026-10')
    .option('--waiting', 'what waits for a second person, instead of what is booked')
    .option('--limit <number>', 'how many at most', '100')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action((options: Options) => (options.waiting ? listWaiting : listBooked)(options, output));
  addReverse(command, context);
}

async function listBooked(options: Options, output: Output): Promise<void> {
  const query = { period: periodOf(options.period), after: undefined, limit: limitOf(options.limit) };
  const entries = await withWorkspace(options, (database, workspaceId) =>
    inWorkspace(database.pool('reports'), workspaceId, (tx) => ledgerEntries(tx, { workspaceId, ...query })),
  );
  if (options.json) output.answer(toJson(entries.map(toAnswer)));
  else if (entries.length === 0) output.answer('Nothing is booked for the ledger.');
  else output.answer(table(HEADER, entries.map(toCells)));
}

async function listWaiting(options: Options, output: Output): Promise<void> {
  const period = periodOf(options.period);
  const filter = period === undefined ? {} : { period };
  const page = { limit: limitOf(options.limit), offset: 0 };
  const waiting = await withWorkspace(options, (database, workspaceId) =>
    inWorkspace(database.pool('reports'), workspaceId, (tx) =>
      waitingEntries(tx, { workspaceId, filter }, page),
    ),
  );
  if (options.json) output.answer(toJson(waiting.map(toWaitingAnswer)));
  else if (waiting.length === 0) output.answer('Nothing waits for a second person.');
  else output.answer(table(WAITING_HEADER, waiting.map(toWaitingCells)));
}

function addReverse(adjustments: Command, { output }: Context): void {
  adjustments
    .command('reverse <entry>')
    .description('take an entry back, whole, by a new one')
    .addHelpText('after', HELP)
    .option('--reason <code>', 'one of reason_codes in tieout.yaml, where it has any')
    .option('--note <text>', 'why')
    .option('--as <person>', 'who decides: a key of people in tieout.yaml, or an e-mail address')
    .option('--json', 'answer as JSON')
    .action(async (given: string, _options: unknown, command: Command) => {
      // The list above has options of the same names, and whichever stands first on the line takes them.
      const options: ReverseOptions = command.optsWithGlobals();
      const entry = entryOf(given);
      await withConfig(async ({ database, config, workspaceId }) => {
        const { organisation } = config;
        const sql = database.pool('people');
        const personId = await actingPerson(sql, { workspaceId, organisation, as: options.as });
        const { reason, note = '' } = options;
        const input = { workspaceId, personId, requestKey: newId(), entry, reason, note };
        const reversed = await reverse(sql, input, organisation);
        if (!reversed.ok) throw refusedBy(reversed.refusal, options, output);
        const { label, by } = reversed.value;
        if (options.json) output.answer(toJson({ entry: label, reversed_by: by, asked: by === null }));
        else if (by !== null) output.answer(`${label} is taken back by ${by}.`);
        else
          output.answer(
            `${label} is above your limit: somebody else is asked in Slack. Nothing is booked yet.`,
          );
      });
    });
}

function entryOf(given: string): bigint {
  const digits = /^(?:A-)?(\d{1,18})$/i.exec(given)?.[1];
  if (digits === undefined) throw new Stop(`"${given}" is no entry; write it like A-1042.`, EXIT.usage);
  return BigInt(digits);
}

const HEADER = [
  'entry',
  'kind',
  'amount',
  'booked to',
  'belongs to',
  'exception',
  'client',
  'order',
  'reason',
  'by',
  'approved by',
  'reversed by',
];

const WAITING_HEADER = [
  'exception',
  'kind',
  'amount',
  'belongs to',
  'client',
  'order',
  'reason',
  'by',
  'decide until',
];

const labelOf = (number: bigint | undefined): string => (number === undefined ? '' : entryLabel(number));

const kindOf = ({ kind, reverses }: LedgerEntry | WaitingEntry): string =>
  reverses === undefined ? kind : `${kind} of ${entryLabel(reverses)}`;

const toCells = (entry: LedgerEntry): string[] => [
  entryLabel(entry.number),
  kindOf(entry),
  formatMoney(entry.amount),
  entry.bookedPeriod,
  entry.originalPeriod,
  exceptionLabel(entry.exceptionNumber),
  inert(entry.client ?? ''),
  inert(entry.orderRef ?? ''),
  inert(entry.reasonCode),
  inert(entry.madeBy),
  inert(entry.approvedBy ?? ''),
  labelOf(entry.reversedBy),
];

const toWaitingCells = (entry: WaitingEntry): string[] => [
  exceptionLabel(entry.exceptionNumber),
  kindOf(entry),
  formatMoney(entry.amount),
  entry.originalPeriod,
  inert(entry.client ?? ''),
  inert(entry.orderRef ?? ''),
  inert(entry.reasonCode),
  inert(entry.madeBy),
  `${entry.expiresAt.toISOString().slice(0, 16)}Z`,
];

/** As programs read it: amounts as text in minor units, absent values as null. */
const toAnswer = (entry: LedgerEntry) => ({
  entry: entryLabel(entry.number),
  kind: entry.kind,
  reverses: entry.reverses === undefined ? null : entryLabel(entry.reverses),
  reversed_by: entry.reversedBy === undefined ? null : entryLabel(entry.reversedBy),
  booked_period: entry.bookedPeriod,
  original_period: entry.originalPeriod,
  applied_at: entry.appliedAt,
  exception: exceptionLabel(entry.exceptionNumber),
  client: entry.client ?? null,
  order: entry.orderRef ?? null,
  payee: entry.payee ?? null,
  direction: entry.direction ?? null,
  amount: entry.amount,
  code: entry.code,
  reason_code: entry.reasonCode,
  made_by: entry.madeBy,
  approved_by: entry.approvedBy ?? null,
  evidence: entry.evidence ?? null,
  note: entry.note ?? null,
});

const toWaitingAnswer = (entry: WaitingEntry) => ({
  exception: exceptionLabel(entry.exceptionNumber),
  kind: entry.kind,
  reverses: entry.reverses === undefined ? null : entryLabel(entry.reverses),
  original_period: entry.originalPeriod,
  asked_at: entry.askedAt,
  decide_until: entry.expiresAt,
  client: entry.client ?? null,
  order: entry.orderRef ?? null,
  payee: entry.payee ?? null,
  amount: entry.amount,
  reason_code: entry.reasonCode,
  made_by: entry.madeBy,
  evidence: entry.evidence ?? null,
  note: entry.note ?? null,
});
