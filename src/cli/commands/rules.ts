import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { ConfigError } from '../../config/config-error.ts';
import { loadConfig, loadSpec } from '../../config/load.ts';
import { variables } from '../../config/variables.ts';
import type { Reconciliation } from '../../core/spec.ts';
import { tellSpec } from '../../core/spec-sentences.ts';
import { type Context, environmentNow } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { type Output, toJson } from '../output.ts';
import { addRulesBacktest } from './rules-backtest.ts';
import { addRulesDiff } from './rules-diff.ts';
import { addRulesPropose } from './rules-propose.ts';
import { addRulesStatus } from './rules-status.ts';

const GROUP_HELP = `
With a governance section in tieout.yaml a changed file is used only once three people approved it in Slack: a data owner, an
operations lead and a governance reviewer, none of them whoever proposed it (docs/operations.md, "Changing a rule").`;

const HELP = `
Reads one reconciliation with the feeds and teams beside it (../feeds, ../tieout.yaml, else TIEOUT_CONFIG), and says in plain sentences
what it does; or every mistake with its line and the word that was probably meant. No database is needed. Without FILE the
whole configuration is checked. Exit code 1: something is wrong.

Examples:
  tieout rules check
  tieout rules check config/reconciliations/ad-buy-vs-billing.yaml
  tieout rules check config/reconciliations/ad-buy-vs-billing.yaml --json`;

type Options = { json?: boolean };

/** `tieout rules check [FILE]`: whether a spec can be run, and what it says. */
export function addRules(program: Command, { output }: Context): void {
  const rules = program
    .command('rules')
    .description('what reconciliations say, and how they change')
    .addHelpText('after', GROUP_HELP);
  rules
    .command('check')
    .description('check a spec, and say in plain sentences what it does')
    .argument('[file]', 'a file of reconciliations/; the whole configuration when absent')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (file: string | undefined, options: Options) => {
      const checked = await check(file);
      if (options.json) output.answer(toJson(toAnswer(checked)));
      else for (const spec of checked.specs) print(output, spec);
      if (checked.problems.length === 0) return;
      const count = checked.problems.length === 1 ? '1 problem' : `${checked.problems.length} problems`;
      throw new Stop([...checked.problems, `${count}.`].join('\n'), EXIT.failed);
    });
  addRulesDiff(rules, { output });
  addRulesBacktest(rules, { output });
  addRulesPropose(rules, { output });
  addRulesStatus(rules, { output });
}

type Checked = { readonly specs: readonly Reconciliation[]; readonly problems: readonly string[] };

async function check(file: string | undefined): Promise<Checked> {
  const { configFolder } = environmentNow();
  if (file !== undefined && !existsSync(file)) {
    throw new Stop(
      `There is no file "${file}"; name one of ${join(configFolder, 'reconciliations')}.`,
      EXIT.usage,
    );
  }
  try {
    if (file !== undefined)
      return {
        specs: [await loadSpec(file, { folder: folderOf(file, configFolder), env: variables() })],
        problems: [],
      };
    return {
      specs: [...(await loadConfig(configFolder, variables())).reconciliations.values()],
      problems: [],
    };
  } catch (error) {
    if (error instanceof ConfigError) return { specs: [], problems: error.problems };
    throw error;
  }
}

/** The configuration that a file belongs to: the folder it lies in, else the one that is set. */
function folderOf(file: string, configFolder: string): string {
  const around = dirname(dirname(resolve(file)));
  return existsSync(join(around, 'feeds')) ? around : configFolder;
}

const toAnswer = ({ specs, problems }: Checked) => ({
  problems,
  reconciliations: specs.map((spec) => ({
    reconciliation: spec.key,
    describes: spec.describes,
    says: tellSpec(spec),
  })),
});

function print(output: Output, spec: Reconciliation): void {
  output.answer(`\n${spec.key}: ${spec.describes}`);
  for (const { title, sentences } of tellSpec(spec)) {
    output.answer(`\n${title}`);
    for (const sentence of sentences) output.answer(`  - ${sentence}`);
  }
}
