import type { Command } from 'commander';
import type { CardFacts } from '../../core/card.ts';
import type { Alone, Candidate, Document, Explanation } from '../../core/explanation.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { formatMoney } from '../../core/money.ts';
import { isKnownType, TYPE_WORDS, typeTitle } from '../../core/words.ts';
import type { Sql } from '../../db/client.ts';
import { type ExceptionExplained, explainException } from '../../pipeline/report/explain-exception.ts';
import { attemptLines } from '../../slack/views/attempts.ts';
import { unescaped } from '../../slack/views/escape.ts';
import { plainly } from '../../slack/views/instants.ts';
import { readerOf } from '../../slack/views/reader.ts';
import {
  documentWords,
  keptApartWords,
  nearbyLines,
  pairedWords,
  unkeyedLines,
  waterfallWords,
  whyNotWords,
} from '../../slack/views/why.ts';
import { type Context, withWorkspace } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { inert, toJson } from '../output.ts';

const HELP = `
Examples:
  tieout exceptions show EX-1042
  tieout exceptions show 1042 --json`;

/** `tieout exceptions show EX-1042`: what differs, why these records are paired or not, and what it would take. */
export function addExceptionShow(exceptions: Command, { output }: Context): void {
  exceptions
    .command('show <exception>')
    .description('explain one exception: why its records are paired or not, and what it would take')
    .option('--workspace <name>', 'when the database holds several')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (given: string, _options: unknown, command: Command) => {
      // The list above has options of the same names, and whichever stands first on the line takes them.
      const options: { workspace?: string; json?: boolean } = command.optsWithGlobals();
      const number = numberOf(given);
      const explained = await withWorkspace(options, (database, workspaceId, config) =>
        find(database.pool('reports'), {
          workspaceId,
          number,
          specs: [...(config?.reconciliations.values() ?? [])],
        }),
      );
      output.answer(options.json ? toJson(explained) : inWords(explained));
    });
}

/** The number of `EX-1042`, also written `1042`. Throws: Stop. */
export function numberOf(given: string): number {
  const digits = /^(?:EX-)?(\d{1,9})$/i.exec(given)?.[1];
  if (digits === undefined) throw new Stop(`"${given}" is no exception; write it like EX-1042.`, EXIT.usage);
  return Number(digits);
}

async function find(sql: Sql, asked: Parameters<typeof explainException>[1]): Promise<ExceptionExplained> {
  const explained = await explainException(sql, asked);
  if (explained) return explained;
  throw new Stop(
    `There is no ${exceptionLabel(asked.number)} here. "tieout exceptions" lists those there are.`,
    EXIT.failed,
  );
}

function inWords({ facts, explanation }: ExceptionExplained): string {
  const suggestion = isKnownType(facts.type) ? TYPE_WORDS[facts.type].suggestion : undefined;
  return [
    `${exceptionLabel(facts.number)} · ${typeTitle(facts.type)} · ${facts.status}${facts.owner ? `, ${inert(facts.owner.name)}` : ''}`,
    `Team ${inert(facts.team.name)}, at stake ${formatMoney(facts.atStake)}, due ${facts.dueAt.toISOString().slice(0, 16)}Z`,
    ...facts.findings.map(
      ({ field, expected, actual }) =>
        `  ${inert(field)}: expected ${inert(expected ?? 'nothing')}, actual ${inert(actual ?? 'nothing')}`,
    ),
    '',
    ...whyLines(explanation),
    ...keptApartLines(explanation),
    ...(suggestion === undefined ? [] : ['What to do', `  ${suggestion}`, '']),
    ...triedLines(facts),
  ].join('\n');
}

/** What Slack says, in English and as it is read on a terminal. */
const READER = plainly(readerOf('en'));
const read = (words: string): string => inert(unescaped(words));

function whyLines(explanation: Explanation): string[] {
  if (explanation.areRepeats) return [READER.words.why.repeats, ''];
  return [
    ...pairedLines(explanation),
    ...explanation.alone.flatMap((alone) => aloneLines(alone, explanation)),
  ];
}

/** More attempts than this were hardly read; the order's history has all. */
const MOST_ATTEMPTS = 20;

function triedLines({ attempts = [] }: CardFacts): string[] {
  const lines = attemptLines(attempts, READER, MOST_ATTEMPTS).map((words) => `  ${read(words)}`);
  return lines.length === 0 ? [] : [READER.words.attempts.label, ...lines];
}

function pairedLines({ paired }: Explanation): string[] {
  if (!paired) return [];
  const { why } = READER.words;
  return [
    why.paired,
    `  ${read(pairedWords(paired, READER))}`,
    ...(paired.byHand?.note === undefined ? [] : [`  ${inert(paired.byHand.note)}`]),
    ...(paired.weighing ? lines(waterfallWords(paired.weighing, READER), '    ') : []),
    '',
  ];
}

function aloneLines(alone: Alone, explanation: Explanation): string[] {
  const { document, candidates, keys } = alone;
  const near = candidates.length === 0 ? nearbyLines(alone, explanation, READER) : [];
  return [
    read(READER.words.why.alone(documentWords(document, READER))),
    ...[...unkeyedLines(keys ?? [], READER), ...near].map((line) => `  ${read(line)}`),
    ...candidates.flatMap(candidateLines),
    '',
  ];
}

const candidateLines = (candidate: Candidate): string[] => [
  `  ${named(candidate.document)}: ${read(whyNotWords(candidate, READER))}`,
  ...lines(waterfallWords(candidate.weighing, READER), '    '),
];

function keptApartLines({ keptApart }: Explanation): string[] {
  if (keptApart.length === 0) return [];
  return [
    READER.words.why.keptApart,
    ...keptApart.map((one) => `  ${read(keptApartWords(one, READER))}`),
    '',
  ];
}

const named = (document: Document): string =>
  `${inert(document.feed)} ${read(documentWords(document, READER))}`;

function lines(rows: readonly (readonly [string, string])[], indent: string): string[] {
  const read = rows.map(([label, value]) => [inert(unescaped(label)), value] as const);
  const width = Math.max(...read.map(([label]) => label.length));
  return read.map(([label, value]) => {
    const [bits = '', ...unit] = value.split(' ');
    return `${indent}${label.padEnd(width)}  ${[bits.padStart(6), ...unit].join(' ')}`;
  });
}
