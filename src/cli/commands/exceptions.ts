import type { Command } from 'commander';
import { exceptionLabel } from '../../core/ids.ts';
import { STATUSES } from '../../core/lifecycle.ts';
import { formatMoney } from '../../core/money.ts';
import { suggestionEnd } from '../../core/nearest-word.ts';
import { raisesOf } from '../../core/raises.ts';
import { TYPE_WORDS } from '../../core/words.ts';
import { inWorkspace } from '../../db/tx.ts';
import { exceptionTypes } from '../../pipeline/report/exception-types.sql.ts';
import { type ExceptionLine, listExceptions } from '../../pipeline/report/exceptions.sql.ts';
import { teamKeys } from '../../pipeline/report/team-keys.sql.ts';
import { type Context, withWorkspace } from '../context.ts';
import { cutTo } from '../cut-to.ts';
import { EXIT, Stop } from '../exit.ts';
import { inert, table, toJson } from '../output.ts';
import { addExceptionShow } from './exception-show.ts';

const HELP = `
Examples:
  tieout exceptions --team finance
  tieout exceptions --status open --type missing_invoice --json
  tieout exceptions show EX-1042`;

/** `tieout exceptions`: the list, live ones by due time first. */
export function addExceptions(program: Command, { output }: Context): void {
  const exceptions = program
    .command('exceptions')
    .description('list exceptions, live ones by due time first')
    .option('--status <status>', STATUSES.join(', '))
    .option('--type <type>', 'as missing_invoice')
    .option('--team <team>', 'the key of a team')
    .option('--limit <number>', 'how many at most', '100')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      const limit = limitOf(options.limit);
      const filter = { ...options, limit: limit + 1 };
      if (filter.status && !STATUSES.some((status) => status === filter.status)) {
        throw new Stop(
          `--status is "${filter.status}"; it must be one of ${STATUSES.join(', ')}.`,
          EXIT.usage,
        );
      }
      const read = await withWorkspace(options, (database, workspaceId, config) =>
        inWorkspace(database.pool('reports'), workspaceId, async (tx) => {
          if (filter.team !== undefined) assertKnownTeam(filter.team, await teamKeys(tx, workspaceId));
          const found = await listExceptions(tx, workspaceId, filter);
          if (filter.type !== undefined && found.length === 0 && config !== undefined) {
            const raised = [...config.reconciliations.values()].flatMap(raisesOf).map(({ type }) => type);
            assertKnownType(filter.type, [...raised, ...(await exceptionTypes(tx, workspaceId))]);
          }
          return found;
        }),
      );
      const lines = cutTo(read, limit, output);
      if (options.json) output.answer(toJson(lines));
      else if (lines.length === 0) output.answer('No exceptions.');
      else output.answer(table(HEADER, lines.map(toCells)));
    });
  addExceptionShow(exceptions, { output });
}

/** A mistyped team must not look like a team that has nothing to do. */
function assertKnownTeam(team: string, known: readonly string[]): void {
  if (known.includes(team)) return;
  throw new Stop(`There is no team "${team}"${suggestionEnd(team, known)}`, EXIT.usage);
}

/** A type that a rule raises, or something on the record has, may have nothing now; any other was mistyped. */
function assertKnownType(type: string, types: readonly string[]): void {
  const known = [...new Set([...types, ...Object.keys(TYPE_WORDS)])].toSorted();
  if (known.includes(type)) return;
  throw new Stop(`No exception is of type "${type}"${suggestionEnd(type, known)}`, EXIT.usage);
}

type Options = {
  status?: string;
  type?: string;
  team?: string;
  limit: string;
  workspace?: string;
  json?: boolean;
};

const HEADER = [
  'number',
  'status',
  'type',
  'severity',
  'team',
  'owner',
  'client',
  'order',
  'at stake',
  'due',
];

const toCells = (line: ExceptionLine): string[] => [
  exceptionLabel(line.number),
  line.status,
  line.type,
  line.severity,
  line.team,
  line.owner ?? '',
  inert(line.client ?? ''),
  inert(line.orderRef ?? ''),
  formatMoney({ minor: line.atStakeMinor, currency: line.currency }),
  `${line.dueAt.toISOString().slice(0, 16)}Z`,
];

/** A whole number from 1 to 10,000. */
export function limitOf(text: string): number {
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > 10_000) {
    throw new Stop(`--limit is "${text}"; it must be a whole number from 1 to 10000.`, EXIT.usage);
  }
  return limit;
}
