import type { Command } from 'commander';
import { SEAT_NAMES, SEATS } from '../../core/rule-change.ts';
import { newId } from '../../db/new-id.ts';
import { proposeRuleChange } from '../../pipeline/act/propose-rule-change.ts';
import { actingPerson, refusedBy } from '../acting-person.ts';
import { type Context, configNow, environmentNow, withConfig } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { inert, type Output, toJson } from '../output.ts';
import { compareWithActive, printDifference } from '../rule-versions.ts';

const HELP = `
Asks a data owner, an operations lead and a governance reviewer, three different people, to approve what the file says, in the
channel of tieout.yaml's governance. Runs use the active rule until all three did. Data owners, ops leads, governance
reviewers and admins may propose. Exit code 1: refused, and the words say why.

Examples:
  tieout rules propose config/reconciliations/ad-buy-vs-billing.yaml --as adam --why "Vendors round to 10 cents since May"`;

type Options = { as?: string; why?: string; json?: boolean };

/** `tieout rules propose FILE --as PERSON --why TEXT`: asks for a change of a rule. */
export function addRulesPropose(rules: Command, { output }: Context): void {
  rules
    .command('propose')
    .description('ask three people in Slack to approve a changed rule')
    .argument('<file>', 'a file that states a reconciliation as it should be')
    .option('--as <person>', 'who proposes: a key of people in tieout.yaml, or an e-mail address')
    .option('--why <reason>', 'why the rule should change, for those who approve')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action((file: string, options: Options) => propose(output, file, options));
}

async function propose(output: Output, file: string, options: Options): Promise<void> {
  if (options.why === undefined || options.why.trim() === '') {
    throw new Stop(
      'Say why the rule should change: --why "<reason>". Those who approve read it.',
      EXIT.usage,
    );
  }
  const why = options.why;
  // Before the configuration is put on the record, which would make the file the rule.
  const { organisation: asWritten } = await configNow(environmentNow());
  if (!asWritten.governance) throw refusedBy({ code: 'rules_not_governed' }, options, output);
  await withConfig(async ({ database, config, workspaceId }) => {
    const { organisation } = config;
    const sql = database.pool('people');
    const personId = await actingPerson(sql, { workspaceId, organisation, as: options.as });
    const compared = await compareWithActive(sql, { file, config, workspaceId });
    const { reconciliation, active, proposed, difference } = compared;
    const about = { reconciliation, proposed, difference, from: active ?? 0, why };
    const input = { workspaceId, personId, requestKey: newId(), ...about };
    const made = await proposeRuleChange(sql, input, { governance: organisation.governance });
    if (!made.ok) throw refusedBy(made.refusal, options, output);
    const { changeId, from, to, expiresAt } = made.value;
    if (options.json) {
      return output.answer(toJson({ changeId, reconciliation, from, to, expiresAt, difference }));
    }
    printDifference(output, difference);
    const channel = organisation.governance?.channel ?? '';
    output.answer(`\nProposed: version ${to} of ${reconciliation}, in place of ${from}.`);
    output.answer(inert(`Asked in ${channel}; it can be decided until ${expiresAt.toISOString()}.`));
    output.answer(`Still to approve: ${SEATS.map((seat) => SEAT_NAMES[seat]).join(', ')}.`);
  });
}
