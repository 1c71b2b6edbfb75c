import type { Command } from 'commander';
import { suggestionEnd } from '../../core/nearest-word.ts';
import { anchor } from '../../pipeline/audit/anchor.ts';
import { type ReconcileReport, reconcile } from '../../pipeline/reconcile.ts';
import type { RunMode, RunnableSpec } from '../../pipeline/run/start-run.sql.ts';
import { type Context, withConfig } from '../context.ts';
import { differingWords } from '../differing-words.ts';
import { EXIT, Stop } from '../exit.ts';
import { type Output, toJson } from '../output.ts';
import { printDelivery } from '../print-delivery.ts';
import type { DifferingFile } from '../rules-in-force.ts';
import { sourcesNow } from '../sources.ts';
import { ANCHORS } from '../state.ts';
import { printReconciliation } from '../summary.ts';
import { watching } from '../watching.ts';

const HELP = `
Takes in what the feeds' files delivered, what was pushed, and what their sources give, then matches up to the cut-off. The same records again change nothing.
Modes: active applies, shadow keeps only the run's row, sandbox leaves nothing of the run behind. What is taken in before
it, and the configuration, stay in every mode.

Examples:
  tieout run
  tieout run ad-buy-vs-billing --mode sandbox --as-of 2026-11-15T12:00:00Z`;

const MODES: readonly RunMode[] = ['active', 'shadow', 'sandbox'];

/** `tieout run [reconciliation]`: one night, now. */
export function addRun(program: Command, { output }: Context): void {
  program
    .command('run')
    .description('run one reconciliation, or all')
    .argument('[reconciliation]', 'as named in reconciliations/*.yaml; all when absent')
    .option('--mode <mode>', MODES.join(', '), 'active')
    .option('--as-of <instant>', 'the cut-off, as 2026-11-15T12:00:00Z; now when absent')
    .option(
      '--afresh',
      'look at everything again, even if nothing has come in or been decided since the latest run',
    )
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (key: string | undefined, options: Options) => {
      const mode = modeOf(options.mode);
      const cutoffAt = instantOf(options.asOf);
      const reports = await withConfig(
        async ({ database, config, workspaceId, differing, environment }) => {
          for (const file of chosenOf(differing, key)) output.note(differingWords(file));
          const sources = sourcesNow(environment);
          const made: ReconcileReport[] = [];
          for (const spec of chosen(config.reconciliations, key)) {
            const { feeds, organisation } = config;
            const { afresh } = options;
            const about = { workspaceId, spec, feeds, organisation, mode, cutoffAt, afresh, sources };
            const watch = (feed: string) => watching(output, feed);
            const input = { ...about, now: new Date(), watch };
            made.push(await reconcile(database.pool('runs'), input));
          }
          await anchor(database.pool('runs'), { workspaceId, folder: ANCHORS, now: new Date() });
          return made;
        },
        { isTrial: mode === 'sandbox' },
      );
      if (options.json) output.answer(toJson(reports));
      else print(output, reports);
      const failed = reports.filter(({ run }) => run.checks.some(({ holds }) => !holds));
      if (failed.length === 0) return;
      const names = failed.map(({ run }) => run.reconciliation).join(', ');
      throw new Stop(`The run was made, and checks failed: ${names}.`, EXIT.failed);
    });
}

const chosenOf = (differing: readonly DifferingFile[], key: string | undefined): readonly DifferingFile[] =>
  differing.filter(({ reconciliation }) => key === undefined || reconciliation === key);

function print(output: Output, reports: readonly ReconcileReport[]): void {
  if (reports.length === 0)
    output.note(
      'There is no reconciliation yet, so nothing was run: add one to reconciliations/ (docs/spec.md).',
    );
  for (const report of reports) {
    for (const delivery of report.deliveries) printDelivery(output, delivery);
    printReconciliation(output, report);
  }
}

type Options = { mode: string; asOf?: string; afresh?: boolean; json?: boolean };

function modeOf(text: string): RunMode {
  const mode = MODES.find((known) => known === text);
  if (!mode) throw new Stop(`--mode is "${text}"; it must be one of ${MODES.join(', ')}.`, EXIT.usage);
  return mode;
}

/** An instant with its zone; a date alone would leave open which day is meant where. */
export function instantOf(text: string | undefined): Date {
  if (text === undefined) return new Date();
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const at = new Date(text);
  if (!isInstant || Number.isNaN(at.getTime())) {
    throw new Stop(
      `--as-of is "${text}"; write an instant with its zone, as 2026-11-15T12:00:00Z.`,
      EXIT.usage,
    );
  }
  return at;
}

function chosen(known: ReadonlyMap<string, RunnableSpec>, key: string | undefined): readonly RunnableSpec[] {
  if (key === undefined) return [...known.values()];
  const spec = known.get(key);
  if (!spec) throw new Stop(`No reconciliation "${key}"${suggestionEnd(key, [...known.keys()])}`, EXIT.usage);
  return [spec];
}
