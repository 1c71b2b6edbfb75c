import type { Command } from 'commander';
import { liftApart, neverTogether } from '../../pipeline/pair/never-together.ts';
import type { Context } from '../context.ts';
import { type Deciding, decideAs, decidingOptions } from '../decision.ts';

const HELP = `
No run pairs or proposes the two again, whatever they come to hold, and nobody matches them by hand, until it is lifted.
Without --with the records that are matched in the exception are meant, and are taken apart.

Examples:
  tieout never EX-1042 --with INV-2201/1 --note "another client" --as ana
  tieout never EX-1042 --note "another client" --as ana
  tieout never EX-1042 --with INV-2201/1 --lift --as ana`;

type Options = Deciding & { with: string[]; note?: string; lift?: boolean };

const collect = (value: string, before: string[]): string[] => [...before, value];

/** `tieout never EX-1042 --with <record>`: these two, never. */
export function addNever(program: Command, { output }: Context): void {
  const command = program
    .command('never')
    .description('remember that two records never belong together')
    .argument('<exception>', 'as EX-1042')
    .option('--with <record>', 'a record of the other side; may be given several times', collect, [])
    .option('--note <text>', 'why; needed unless it is lifted')
    .option('--lift', 'let them be paired again');
  decidingOptions(command)
    .addHelpText('after', HELP)
    .action(async (given: string, options: Options) => {
      const { with: names, note = '', lift = false } = options;
      const said = names.length === 0 ? 'what it had matched' : names.join(', ');
      await decideAs(given, options, {
        output,
        what: lift ? `${said} may be paired again` : `${said} never belongs here`,
        decide: (sql, input, settings) =>
          (lift ? liftApart : neverTogether)(
            sql,
            { ...input, with: names, named: 'references', note },
            settings,
          ),
      });
    });
}
