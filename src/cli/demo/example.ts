import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, loadConfig } from '../../config/load.ts';
import { variables } from '../../config/variables.ts';
import { nearestWord } from '../../core/nearest-word.ts';
import { EXIT, Stop } from '../exit.ts';
import { PROJECT } from '../state.ts';
import { type Outcome, readOutcome } from './outcome.ts';
import { together } from './together.ts';

const EXAMPLES = join(PROJECT, 'examples');

/** The examples that bring their data along, in the order they are shown. */
const SHOWN = ['ad-buy-vs-billing', 'leads-vs-campaigns', 'content-vs-billing'] as const;
const ALL = 'all';

export type Example = {
  readonly name: string;
  readonly config: Config;
  /** By reconciliation: the date it is run for and what it must come to. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
};

/** One example of the `examples` folder; all that bring their data along, as one organisation, when none is named. */
export async function loadExample(name: string | undefined): Promise<Example> {
  if (name !== undefined) return await loadOne(name);
  const [first, ...others] = SHOWN;
  const all = [await loadOne(first), ...(await Promise.all(others.map(loadOne)))] as const;
  const [one, ...more] = all;
  return {
    name: ALL,
    config: together([one.config, ...more.map(({ config }) => config)]),
    outcomes: new Map(all.flatMap(({ outcomes }) => [...outcomes])),
  };
}

async function loadOne(name: string): Promise<Example> {
  const known = readdirSync(EXAMPLES).filter((entry) =>
    existsSync(join(EXAMPLES, entry, 'config', 'tieout.yaml')),
  );
  if (!known.includes(name)) {
    const near = nearestWord(name, known);
    throw new Stop(
      `No example "${name}"${near ? `; did you mean "${near}"` : ''}? There are: ${known.join(', ')}.`,
      EXIT.usage,
    );
  }
  const config = await loadConfig(join(EXAMPLES, name, 'config'), variables());
  const text = readFileSync(join(EXAMPLES, name, 'expected.json'), 'utf8');
  const outcomes = [...config.reconciliations.keys()].map((key) => [key, readOutcome(text, key)] as const);
  return { name, config, outcomes: new Map(outcomes) };
}
