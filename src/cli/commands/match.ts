import type { Command } from 'commander';
import { matchByHand } from '../../pipeline/pair/match-by-hand.ts';
import type { Context } from '../context.ts';
import { type Deciding, decideAs, decidingOptions } from '../decision.ts';

const HELP = `
The records of the exception and those named with --with are one match from now on, whatever keys say, as long as all of
them hold what they hold now. When one changes and no key pairs it better, the exception is open again and says what changed.
Without a difference the exception is resolved with the reason. A difference that is left stays with it, unless --explained
says that the reason settles it too.

Records are named as their sources write them, or by their order where that is plain. An exception that nobody has claimed
is claimed first.

Examples:
  tieout match EX-1042 --with INV-2201/1 --reason matched_by_hand --as ana
  tieout match EX-1042 --with INV-2201/1 --with INV-2201/2 --reason matched_by_hand --note "billed in two parts" --as ana
  tieout match EX-1042 --with INV-2201/1 --reason accepted --explained --note "agency fee" --as ana@agency.example --json`;

type Options = Deciding & {
  with: string[];
  reason: string;
  note?: string;
  explained?: boolean;
  evidence?: string;
};

const collect = (value: string, before: string[]): string[] => [...before, value];

/** `tieout match EX-1042 --with <record>`: what belongs together, as a person says. */
export function addMatch(program: Command, { output }: Context): void {
  const command = program
    .command('match')
    .description('match the records of an exception with others by hand')
    .argument('<exception>', 'as EX-1042')
    .requiredOption('--with <record>', 'a record of the other side; may be given several times', collect, [])
    .requiredOption('--reason <code>', 'one of resolution_codes in tieout.yaml')
    .option('--note <text>', 'what was found, and with whom')
    .option('--explained', 'the reason settles what still differs')
    .option('--evidence <address>', 'where it can be seen, https only');
  decidingOptions(command)
    .addHelpText('after', HELP)
    .action(async (given: string, options: Options) => {
      await decideAs(given, options, {
        output,
        what: `matched by hand with ${options.with.join(', ')}`,
        decide: (sql, input, settings) =>
          matchByHand(
            sql,
            {
              ...input,
              with: options.with,
              named: 'references',
              code: options.reason,
              note: options.note ?? '',
              residual: options.explained ? 'explained' : 'stays',
              evidence: options.evidence,
            },
            settings,
          ),
      });
    });
}
