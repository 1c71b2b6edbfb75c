import type { Command } from 'commander';
import { type Document, type Explanation, waterfall, whyNot, whyPaired } from '../../core/explanation.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { formatMoney } from '../../core/money.ts';
import { isKnownType, TYPE_WORDS, typeTitle } from '../../core/words.ts';
import type { Sql } from '../../db/client.ts';
import { type ExceptionExplained, explainException } from '../../pipeline/report/explain-exception.ts';
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
      const explained = await withWorkspace(options, (database, workspaceId) =>
        find(database.pool('reports'), workspaceId, number),
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

async function find(sql: Sql, workspaceId: string, number: number): Promise<ExceptionExplained> {
  const explained = await explainException(sql, { workspaceId, number });
  if (explained) return explained;
  throw new Stop(
    `There is no ${exceptionLabel(number)} here. "tieout exceptions" lists those there are.`,
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
    ...pairedWords(explanation),
    ...explanation.alone.flatMap(aloneWords),
    ...(suggestion === undefined ? [] : ['What to do', `  ${suggestion}`]),
  ].join('\n');
}

function pairedWords({ paired }: Explanation): string[] {
  if (!paired) return [];
  if (!paired.weighing) return ['Why these belong together', `  ${paired.pass}: their keys are equal.`, ''];
  return [
    'Why these belong together',
    `  ${paired.pass}: ${whyPaired(paired.weighing)}`,
    ...lines(waterfall(paired.weighing), '    '),
    '',
  ];
}

function aloneWords({ document, candidates }: Explanation['alone'][number]): string[] {
  const title = `Why ${named(document)} has no partner`;
  if (candidates.length === 0) {
    const text =
      'Nothing on the other side has its keys, and nothing within the limits of a similar pass came close.';
    return [title, `  ${text}`, ''];
  }
  return [
    title,
    ...candidates.flatMap(({ document: candidate, verdict, weighing }) => [
      `  ${named(candidate)}: ${whyNot(verdict, weighing)}`,
      ...lines(waterfall(weighing), '    '),
    ]),
    '',
  ];
}

const named = ({ feed, sourceRef, amount, occurredOn }: Document): string =>
  `${inert(feed)} ${inert(sourceRef)} (${amount ? `${formatMoney(amount)}, ` : ''}${occurredOn})`;

function lines(rows: readonly (readonly [string, string])[], indent: string): string[] {
  const width = Math.max(...rows.map(([label]) => inert(label).length));
  return rows.map(([label, value]) => `${indent}${inert(label).padEnd(width)}  ${value.padStart(6)}`);
}
