import type { Command } from 'commander';
import { newId } from '../../db/new-id.ts';
import { proposeRelease } from '../../pipeline/act/propose-release.ts';
import { actingPerson, refusedBy } from '../acting-person.ts';
import { type Context, withConfig } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { toJson } from '../output.ts';

const HELP = `
Asks for a payment to be let go although its exception is open. It stays on hold until another person of finance, or an ops
lead, approves that in Slack; nobody approves their own.

Examples:
  tieout holds release H-1042 --reason agreed_with_payee --note "Kestrel sends a credit" --as fay
  tieout holds release H-1042 --reason other --as fay@agency.example --json`;

type Options = { reason?: string; note?: string; evidence?: string; as?: string; json?: boolean };

/** `tieout holds release H-1042`. */
export function addHoldRelease(holds: Command, { output }: Context): void {
  holds
    .command('release <hold>')
    .description('ask for a payment to be let go; another person decides in Slack')
    .option(
      '--reason <code>',
      'one of reason_codes for hold_release in tieout.yaml, or of those Tieout brings along',
    )
    .option('--note <text>', 'what was agreed, and with whom')
    .option('--evidence <address>', 'where it can be seen, https only')
    .option('--as <person>', 'who asks: a key of people in tieout.yaml, or an e-mail address')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (given: string, _options: unknown, command: Command) => {
      // The list above has options of the same names, and whichever stands first on the line takes them.
      const options: Options = command.optsWithGlobals();
      const hold = holdOf(given);
      await withConfig(async ({ database, config, workspaceId }) => {
        const { organisation } = config;
        const sql = database.pool('people');
        const personId = await actingPerson(sql, { workspaceId, organisation, as: options.as });
        const { reason, note = '', evidence } = options;
        const input = { workspaceId, personId, requestKey: newId(), hold, reason, note, evidence };
        const asked = await proposeRelease(sql, input, organisation);
        if (!asked.ok) throw refusedBy(asked.refusal, options, output);
        const { label, decideUntil } = asked.value;
        if (options.json) output.answer(toJson({ hold: label, asked: true, decide_until: decideUntil }));
        else output.answer(`${label} stays on hold. Somebody else is asked in Slack, until ${decideUntil}.`);
      });
    });
}

function holdOf(given: string): bigint {
  const digits = /^(?:H-)?(\d{1,18})$/i.exec(given)?.[1];
  if (digits === undefined) throw new Stop(`"${given}" is no hold; write it like H-1042.`, EXIT.usage);
  return BigInt(digits);
}
