import type { Command } from 'commander';
import type { CardFacts } from '../core/card.ts';
import { exceptionLabel } from '../core/ids.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Result } from '../core/result.ts';
import { readCardFacts } from '../db/cards/card-facts.sql.ts';
import type { Sql } from '../db/client.ts';
import { newId } from '../db/new-id.ts';
import { inWorkspace } from '../db/tx.ts';
import { claim } from '../pipeline/act/claim.ts';
import type { Paired, PairInput, PairSettings } from '../pipeline/pair/pair.ts';
import { exceptionByNumber } from '../pipeline/report/exception-by-number.sql.ts';
import { actingPerson, refusedBy } from './acting-person.ts';
import { numberOf } from './commands/exception-show.ts';
import { withConfig } from './context.ts';
import { EXIT, Stop } from './exit.ts';
import { inert, type Output, toJson } from './output.ts';

export type Deciding = { as?: string; json?: boolean };

/** Options that every decision about pairs has. */
export const decidingOptions = (command: Command): Command =>
  command
    .option('--as <person>', 'who decides: a key of people in tieout.yaml, or an e-mail address')
    .option('--json', 'answer as JSON');

type Decide = (sql: Sql, input: PairInput, settings: PairSettings) => Promise<Result<Paired, Refusal>>;

/**
 * Takes one decision about an exception as a person, who claims it first where nobody has it, and says what became of it.
 *
 * Throws: Stop when nobody is named, or the decision is refused; the words are those that Slack would show.
 */
export async function decideAs(
  given: string,
  options: Deciding,
  { output, what, decide }: { output: Output; what: string; decide: Decide },
): Promise<void> {
  const number = numberOf(given);
  await withConfig(async ({ database, config, workspaceId }) => {
    const { organisation } = config;
    const sql = database.pool('people');
    const personId = await actingPerson(sql, { workspaceId, organisation, as: options.as });
    const claimed = await claimedBy(sql, { workspaceId, number, personId, output });
    const { exceptionId, version } = claimed;
    const request = { workspaceId, personId, exceptionId, version, requestKey: newId() };
    const decided = await decide(sql, request, { specs: [...config.reconciliations.values()], organisation });
    if (!decided.ok) throw refusedBy(decided.refusal, options, output);
    output.answer(
      options.json ? toJson(toAnswer(number, decided.value)) : inWords(number, what, decided.value),
    );
  });
}

type Claiming = { workspaceId: string; number: number; personId: string; output: Output };

/** The exception as it is, claimed by the person where nobody had it. */
async function claimedBy(
  sql: Sql,
  { workspaceId, number, personId, output }: Claiming,
): Promise<Pick<CardFacts, 'exceptionId' | 'version'>> {
  const facts = await inWorkspace(sql, workspaceId, async (tx) => {
    const id = await exceptionByNumber(tx, workspaceId, number);
    const [found] = id === undefined ? [] : await readCardFacts(tx, workspaceId, [id]);
    return found;
  });
  if (!facts) {
    throw new Stop(
      `There is no ${exceptionLabel(number)} here. "tieout exceptions" lists those there are.`,
      EXIT.failed,
    );
  }
  if (facts.status !== 'open') return facts;
  const { exceptionId, version } = facts;
  const answer = await claim(sql, { workspaceId, personId, exceptionId, version, requestKey: newId() });
  if (!answer.ok) throw refusedBy(answer.refusal, {}, output);
  output.note(`${exceptionLabel(number)} was nobody's: claimed.`);
  return { exceptionId, version: answer.value.version };
}

const HOW = { open: 'opened', update: 'changed', reopen: 'reopened', clear: 'cleared' } as const;

const toAnswer = (number: number, { status, version, also }: Paired) => ({
  exception: exceptionLabel(number),
  status,
  version,
  also: also.map((one) => ({ exception: exceptionLabel(one.number), how: HOW[one.how] })),
});

function inWords(number: number, what: string, { status, also }: Paired): string {
  const others = also.map((one) => `${exceptionLabel(one.number)} was ${HOW[one.how]}.`);
  return [inert(`${exceptionLabel(number)}: ${what}. It is ${status} now.`), ...others].join('\n');
}
