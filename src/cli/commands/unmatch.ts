import type { Command } from 'commander';
import { unmatch } from '../../pipeline/pair/unmatch.ts';
import type { Context } from '../context.ts';
import { type Deciding, decideAs, decidingOptions } from '../decision.ts';

const HELP = `
The records are free again, whoever matched them, and what is missing from now on is raised at once. No machine pairs them
again while they hold what they hold now. For ever: tieout never. Together again: tieout match.

Examples:
  tieout unmatch EX-1042 --note "two different jobs" --as ana
  tieout unmatch EX-1042 --note "two different jobs" --as ana --json`;

type Options = Deciding & { note: string };

/** `tieout unmatch EX-1042`: what is matched there does not belong together. */
export function addUnmatch(program: Command, { output }: Context): void {
  const command = program
    .command('unmatch')
    .description('take apart what is matched in an exception')
    .argument('<exception>', 'as EX-1042')
    .requiredOption('--note <text>', 'why');
  decidingOptions(command)
    .addHelpText('after', HELP)
    .action(async (given: string, options: Options) => {
      await decideAs(given, options, {
        output,
        what: 'taken apart',
        decide: (sql, input, settings) => unmatch(sql, { ...input, note: options.note }, settings),
      });
    });
}
