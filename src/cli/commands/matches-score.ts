import type { Command } from 'commander';
import { addPairs, NO_PAIRS, type PairScore } from '../../core/pair-score.ts';
import { inWorkspace } from '../../db/tx.ts';
import type { MissedPair, PassPairs, WrongPair } from '../../pipeline/report/judged-pairs.sql.ts';
import type { LabelCounts } from '../../pipeline/report/keep-labels.sql.ts';
import { type MatchScore, scoreMatches } from '../../pipeline/report/score-matches.ts';
import { type Context, withWorkspace } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { fourPlaces, inert, type Output, table, toJson } from '../output.ts';
import { readLabels } from '../read-labels.ts';
import { namedReconciliation } from '../reconciliation.ts';
import { limitOf } from './exceptions.ts';

const HELP = `
The labels are a CSV file with the columns "expected" and "actual": on each line the references of two records that belong together,
as their sources write them. A record that belongs to none has a line of its own, with the other column empty.

Told are, of everything that is matched, how much of it is right (precision), and how much of what is known was found (recall); both also
with what is suggested to people, as if they agreed to all of it. A pair counts as wrong when one of its records is known to
belong to another, or to none; pairs of which nothing is known count for neither. Nothing is changed.

Examples:
  tieout matches score ad-buy-vs-billing --labels known.csv
  tieout matches score payments --labels known.csv --limit 500 --json`;

type Options = { labels: string; limit: string; workspace?: string; json?: boolean };

/** Options of the list, which this command takes none of: left out silently, they would read as if they held. */
const OF_THE_LIST = ['pass', 'outcome', 'csv'] as const;

/** `tieout matches score`: how right the matches are. */
export function addMatchesScore(matches: Command, { output }: Context): void {
  matches
    .command('score')
    .description('how right the matches of a reconciliation are, against pairs that you know')
    .argument('<reconciliation>', 'as runs are called')
    .requiredOption('--labels <file>', 'CSV with the columns expected and actual')
    .option('--limit <number>', 'how many wrong and missing pairs to list at most', '100')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (name: string, _: unknown, command: Command) => {
      // The options of `matches` itself that are called the same would take what is meant for this command.
      const options: Options = command.optsWithGlobals();
      const foreign = OF_THE_LIST.find((option) => option in options);
      if (foreign)
        throw new Stop(`"matches score" is about all that is matched; leave out --${foreign}.`, EXIT.usage);
      const limit = limitOf(options.limit);
      const labels = await readLabels(options.labels);
      const score = await withWorkspace(options, (database, workspaceId) =>
        inWorkspace(database.pool('reports'), workspaceId, async (tx) => {
          const chosen = await namedReconciliation(tx, workspaceId, name);
          return await scoreMatches(tx, { ...chosen, workspaceId, limit }, labels);
        }),
      );
      if (options.json) output.answer(toJson(toAnswer(name, score)));
      else print(output, score);
      noteMore(output, score);
    });
}

function print(output: Output, score: MatchScore): void {
  output.answer(labelsLine(score.labels));
  output.answer(
    table(
      ['', 'precision', 'recall', 'F1'],
      [
        ['matched', ...shares(score.matched)],
        ['with what is suggested', ...shares(score.withSuggested)],
      ],
    ),
  );
  output.answer(`\n${table(PASSES, score.passes.map(passCells))}`);
  if (score.wrong.length > 0) output.answer(`\n${table(WRONG, score.wrong.map(wrongCells))}`);
  if (score.missed.length > 0) output.answer(`\n${table(MISSED, score.missed.map(missedCells))}`);
}

/** That there are more than were listed. */
function noteMore(output: Output, { wrong, missed, passes, labels }: MatchScore): void {
  const all = passes.reduce(addPairs, NO_PAIRS);
  const missing = labels.pairs - labels.absent - all.right;
  const more = [
    ...(all.wrong > wrong.length ? [`${all.wrong} are wrong`] : []),
    ...(missing > missed.length ? [`${missing} were not found`] : []),
  ];
  if (more.length > 0) output.note(`Not all are listed: ${more.join(', ')}. --limit takes up to 10000.`);
}

function labelsLine({ pairs, absent, alone }: LabelCounts): string {
  const parts = [
    `${pairs} ${pairs === 1 ? 'pair is' : 'pairs are'} known`,
    ...(alone === 0 ? [] : [`${alone} without a partner`]),
    ...(absent === 0 ? [] : [`${absent} not counted: a record of them is not here`]),
  ];
  return `${parts.join(', ')}.\n`;
}

const shares = ({ precision, recall, f1 }: PairScore): string[] => [precision, recall, f1].map(share);

const share = (value: number | undefined): string => (value === undefined ? '-' : fourPlaces(value));

const PASSES = ['pass', 'how', 'right', 'wrong', 'not known'];
const passCells = ({ pass, how, right, wrong, unknown }: PassPairs) => [
  inert(pass),
  how,
  right,
  wrong,
  unknown,
];

const WRONG = ['wrong: expected', 'actual', 'pass', 'how', 'belongs to'];
/** One of the two is known: it belongs to another, or to nobody. */
const wrongCells = (pair: WrongPair): string[] => [
  inert(pair.expected),
  inert(pair.actual),
  inert(pair.pass),
  pair.how,
  [...pair.actualOfExpected, ...pair.expectedOfActual].map(inert).join(', ') || 'nobody',
];

const MISSED = ['not found: expected', 'actual'];
const missedCells = ({ expected, actual }: MissedPair): string[] => [inert(expected), inert(actual)];

const rounded = (value: number | undefined): number | null =>
  value === undefined ? null : Number(value.toFixed(6));

const scoreAnswer = ({ precision, recall, f1 }: PairScore) => ({
  precision: rounded(precision),
  recall: rounded(recall),
  f1: rounded(f1),
});

const toAnswer = (reconciliation: string, score: MatchScore) => ({
  reconciliation,
  labels: score.labels,
  matched: scoreAnswer(score.matched),
  with_suggested: scoreAnswer(score.withSuggested),
  passes: score.passes,
  wrong: score.wrong.map(({ actualOfExpected, expectedOfActual, ...pair }) => ({
    ...pair,
    actual_of_expected: actualOfExpected,
    expected_of_actual: expectedOfActual,
  })),
  missed: score.missed,
});
