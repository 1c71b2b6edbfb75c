import type { Command } from 'commander';
import type { RunReport } from '../../pipeline/run/report.ts';
import { run } from '../../pipeline/run/run.ts';
import { type Context, withConfiguration } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { type Output, table, toJson } from '../output.ts';
import { compareWithActive } from '../rule-versions.ts';
import { withSpecs } from '../rules-in-force.ts';
import { chooseWorkspace } from '../workspace.ts';
import { instantOf } from './run.ts';

const HELP = `
Runs the active rule and the changed one over the records that are there, each in a sandbox, and shows what both would do at the next run.
Nothing is taken in, and nothing of it stays. Where the active rule would change something too, that is news since the latest run.

Examples:
  tieout rules backtest config/reconciliations/ad-buy-vs-billing.yaml
  tieout rules backtest config/reconciliations/ad-buy-vs-billing.yaml --as-of 2026-11-15T12:00:00Z`;

type Options = { asOf?: string; json?: boolean };

/** `tieout rules backtest FILE`: what a changed rule would find. */
export function addRulesBacktest(rules: Command, { output }: Context): void {
  rules
    .command('backtest')
    .description('count what a changed rule would find, beside the active one')
    .argument('<file>', 'a file that states a reconciliation')
    .option('--as-of <instant>', 'the cut-off, as 2026-11-15T12:00:00Z; now when absent')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action((file: string, options: Options) => backtest(output, file, options));
}

async function backtest(output: Output, file: string, options: Options): Promise<void> {
  const cutoffAt = instantOf(options.asOf);
  await withConfiguration(async ({ database, config }) => {
    const sql = database.pool('runs');
    const workspaceId = await chooseWorkspace(sql, { named: undefined, config });
    const compared = await compareWithActive(sql, { file, config, workspaceId });
    const { reconciliation, active, before, proposed } = compared;
    if (!before) {
      const words = `${reconciliation} is not on the record yet: run it, then there is something to compare with.`;
      throw new Stop(words, EXIT.failed);
    }
    const reports: RunReport[] = [];
    for (const spec of [before, proposed]) {
      const { organisation } = withSpecs(config, [spec]);
      const about = { workspaceId, spec, organisation, mode: 'sandbox', cutoffAt } as const;
      reports.push(await run(sql, { ...about, now: new Date(), draft: spec.body }));
    }
    const [as, would] = reports;
    if (!as || !would) throw new Error('unreachable: two runs were made');
    if (reports.some(({ status }) => status === 'busy')) {
      throw new Stop(
        `${reconciliation} is being run at this moment: ask again in a minute.`,
        EXIT.unavailable,
      );
    }
    if (options.json)
      return output.answer(toJson({ reconciliation, active, changed: figures(would), now: figures(as) }));
    output.answer(`${reconciliation}, cut-off ${cutoffAt.toISOString()}: what the next run would do`);
    output.answer(table(['', `active (version ${active})`, 'changed'], rows(figures(as), figures(would))));
  });
}

/** What a run would come to. */
const figures = ({ made, changes, live, pending, matchRatePpm }: RunReport) => ({
  matched:
    live.matches.equal + live.matches.autoResolved + live.matches.excepted + made.matches - made.superseded,
  newMatches: made.matches,
  supersededMatches: made.superseded,
  autoResolved: made.autoResolved,
  opened: changes.open + changes.reopen,
  changed: changes.update,
  cleared: changes.clear,
  live:
    live.exceptions.reduce((sum, row) => sum + row.live, 0) + changes.open + changes.reopen - changes.clear,
  pending,
  matchRatePercent: matchRatePpm === undefined ? null : matchRatePpm / 10_000,
});

type Figures = ReturnType<typeof figures>;

const LABELS = {
  matched: 'matches',
  newMatches: '  of them new',
  supersededMatches: '  taken apart',
  autoResolved: 'newly settled by rule',
  opened: 'exceptions opened',
  changed: 'exceptions changed',
  cleared: 'exceptions cleared',
  live: 'exceptions live afterwards',
  pending: 'pending',
  matchRatePercent: 'matched of what is due, %',
} as const satisfies Record<keyof Figures, string>;

const rows = (active: Figures, changed: Figures) =>
  (Object.keys(LABELS) as (keyof Figures)[]).map((key) => [
    LABELS[key],
    active[key] ?? '-',
    changed[key] ?? '-',
  ]);
