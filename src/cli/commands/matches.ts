import type { Command } from 'commander';
import { type CsvCell, csvLine } from '../../core/csv.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { formatMoney, toDecimal } from '../../core/money.ts';
import { suggestionEnd } from '../../core/nearest-word.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import {
  type MatchLine,
  type MatchMember,
  type MatchQuery,
  matchLines,
  OUTCOMES,
  type Outcome,
} from '../../pipeline/report/match-lines.sql.ts';
import { matchPasses } from '../../pipeline/report/match-passes.sql.ts';
import { type Context, withWorkspace } from '../context.ts';
import { cutTo } from '../cut-to.ts';
import { EXIT, Stop } from '../exit.ts';
import { fourPlaces, inert, type Output, table, toJson } from '../output.ts';
import { namedReconciliation } from '../reconciliation.ts';
import { limitOf } from './exceptions.ts';
import { addMatchesScore } from './matches-score.ts';

const HELP = `
What belongs together as of the latest run, in the order in which it was matched: by which pass, how probable where it was weighed,
and whether both sides are equal, a rule settled what differs (auto_resolved), or an exception speaks of it (excepted). --json also
tells what each was weighed on, field by field in bits.

--csv writes all of them, one line per record; lines with the same match belong together.

Examples:
  tieout matches ad-buy-vs-billing
  tieout matches --pass by-memo --outcome excepted --json
  tieout matches ad-buy-vs-billing --csv > matches.csv
  tieout matches score ad-buy-vs-billing --labels known.csv`;

type Options = {
  pass?: string;
  outcome?: string;
  limit: string;
  csv?: boolean;
  workspace?: string;
  json?: boolean;
};

/** `tieout matches`: what is matched. */
export function addMatches(program: Command, context: Context): void {
  const { output } = context;
  const command = program
    .command('matches')
    .description('list what is matched; or how right it is, against what you know')
    .argument('[reconciliation]', 'only those of one reconciliation')
    .option('--pass <name>', 'only those that this pass made')
    .option('--outcome <outcome>', OUTCOMES.join(', '))
    .option('--limit <number>', 'how many at most', '100')
    .option('--csv', 'write all of them as CSV, one line per record')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, options: Options) => {
      const outcome = outcomeOf(options.outcome);
      const limit = limitOf(options.limit);
      if (options.csv && options.json) throw new Stop('--csv or --json, not both.', EXIT.usage);
      await withWorkspace(options, (database, workspaceId) =>
        inWorkspace(
          database.pool('reports'),
          workspaceId,
          async (tx) => {
            const chosen = name === undefined ? undefined : await namedReconciliation(tx, workspaceId, name);
            const reconciliationId = chosen?.reconciliationId;
            const query = { workspaceId, reconciliationId, pass: options.pass, outcome };
            if (query.pass !== undefined) assertKnownPass(query.pass, await matchPasses(tx, workspaceId));
            if (options.csv) return await writeAll(tx, output, query);
            const found = await matchLines(tx, { ...query, limit: limit + 1 });
            print(output, cutTo(found, limit, output), options);
          },
          { snapshot: true },
        ),
      );
    });
  addMatchesScore(command, context);
}

function outcomeOf(given: string | undefined): Outcome | undefined {
  if (given === undefined) return undefined;
  const outcome = OUTCOMES.find((known) => known === given);
  if (outcome) return outcome;
  throw new Stop(`--outcome is "${given}"; it must be one of ${OUTCOMES.join(', ')}.`, EXIT.usage);
}

/** A mistyped pass must not look like one that made nothing. */
function assertKnownPass(pass: string, known: readonly string[]): void {
  if (known.includes(pass)) return;
  throw new Stop(`Nothing is matched by a pass "${inert(pass)}"${suggestionEnd(pass, known)}`, EXIT.usage);
}

function print(output: Output, matches: readonly MatchLine[], { json }: Options): void {
  if (json) output.answer(toJson(matches.map(toAnswer)));
  else if (matches.length === 0) output.answer('No matches.');
  else output.answer(table(HEADER, matches.map(toCells)));
}

const HEADER = ['pass', 'outcome', 'expected', 'actual', 'amount expected', 'amount actual', 'probability'];

const toCells = (match: MatchLine): string[] => [
  inert(match.pass),
  [match.outcome, match.reason ?? match.exceptions.map(exceptionLabel).join(', ')]
    .filter(Boolean)
    .map(inert)
    .join(': '),
  refsOf(match, 'expected'),
  refsOf(match, 'actual'),
  amountsOf(match, 'expected'),
  amountsOf(match, 'actual'),
  match.weighing === undefined ? '' : fourPlaces(match.weighing.probability),
];

const refsOf = ({ members }: MatchLine, side: MatchMember['side']): string =>
  members
    .filter((member) => member.side === side)
    .map(({ ref }) => inert(ref))
    .join(', ');

/** What a side's records come to, in each of their currencies. */
function amountsOf({ members }: MatchLine, side: MatchMember['side']): string {
  const sums = new Map<string, bigint>();
  for (const { amount, currency, ...member } of members) {
    if (member.side !== side || amount === null || currency === null) continue;
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount));
  }
  return [...sums].map(([currency, minor]) => formatMoney({ minor, currency })).join(', ');
}

/** As programs read it: amounts as text in minor units, absent values as null. */
const toAnswer = (match: MatchLine) => ({
  match: match.matchId,
  reconciliation: match.reconciliation,
  pass: match.pass,
  outcome: match.outcome,
  rule: match.rule,
  reason: match.reason,
  expected_minor: match.expectedMinor,
  actual_minor: match.actualMinor,
  currency: match.currency,
  weighing: match.weighing ?? null,
  exceptions: match.exceptions.map(exceptionLabel),
  members: match.members,
});

/** So many are read at a time. */
const PAGE = 5_000;

async function writeAll(tx: Tx, output: Output, query: Omit<MatchQuery, 'limit'>): Promise<void> {
  output.answer(csvLine(COLUMNS.map(([name]) => name)));
  let after: string | undefined;
  for (;;) {
    const matches = await matchLines(tx, { ...query, after, limit: PAGE });
    const lines = matches.flatMap((match) =>
      match.members.map((member) => csvLine(COLUMNS.map(([, cell]) => cell(match, member)))),
    );
    if (lines.length > 0) output.answer(lines.join('\n'));
    after = matches.at(-1)?.matchId;
    if (matches.length < PAGE) return;
  }
}

const figure = (value: number | undefined): CsvCell =>
  value === undefined ? undefined : { figure: String(value) };

const COLUMNS: readonly (readonly [string, (match: MatchLine, member: MatchMember) => CsvCell])[] = [
  ['match', ({ matchId }) => matchId],
  ['reconciliation', ({ reconciliation }) => reconciliation],
  ['pass', ({ pass }) => pass],
  ['outcome', ({ outcome }) => outcome],
  ['rule', ({ rule }) => rule ?? undefined],
  ['reason', ({ reason }) => reason ?? undefined],
  ['probability', ({ weighing }) => figure(weighing?.probability)],
  ['margin_bits', ({ weighing }) => figure(weighing?.margin)],
  ['side', (_, { side }) => side],
  ['feed', (_, { feed }) => feed],
  ['ref', (_, { ref }) => ref],
  ['date', (_, { on }) => on],
  ['client', (_, { client }) => client ?? undefined],
  ['order', (_, { order }) => order ?? undefined],
  ['amount', (_, { amount, currency }) => decimalOf(amount, currency)],
  ['currency', (_, { currency }) => currency ?? undefined],
];

const decimalOf = (minor: string | null, currency: string | null): CsvCell =>
  minor === null || currency === null ? undefined : { figure: toDecimal({ minor: BigInt(minor), currency }) };
