import type { Command } from 'commander';
import { type Context, withConfiguration } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { toJson } from '../output.ts';
import { compareWithActive, printDifference } from '../rule-versions.ts';
import { chooseWorkspace } from '../workspace.ts';

const HELP = `
Says in plain sentences how a file differs from the rule that runs use, and which places of the file do: - is what is no longer said,
+ what is new. Nothing is written. Exit code 1: they differ.

Examples:
  tieout rules diff config/reconciliations/ad-buy-vs-billing.yaml`;

/** `tieout rules diff FILE`: what would change. */
export function addRulesDiff(rules: Command, { output }: Context): void {
  rules
    .command('diff')
    .description('say how a file differs from the active rule')
    .argument('<file>', 'a file that states a reconciliation')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action((file: string, options: { json?: boolean }) =>
      withConfiguration(async ({ database, config }) => {
        const sql = database.pool('reports');
        const workspaceId = await chooseWorkspace(sql, { named: undefined, config });
        const { reconciliation, active, proposed, difference } = await compareWithActive(sql, {
          file,
          config,
          workspaceId,
        });
        const { sha256 } = proposed;
        const isSame = difference.sentences.length + difference.places.length === 0;
        if (options.json)
          output.answer(toJson({ reconciliation, active: active ?? null, sha256, ...difference }));
        else if (active === undefined)
          output.answer(
            `${reconciliation} is not on the record yet: its first version is active from the start.`,
          );
        else if (isSame)
          output.answer(`${reconciliation}: ${file} says what version ${active} says, which is active.`);
        else {
          output.answer(`${reconciliation}: ${file} beside version ${active}, which is active`);
          printDifference(output, difference);
        }
        if (!isSame) throw new Stop(`${reconciliation}: the file differs from the active rule.`, EXIT.failed);
      }),
    );
}
