import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Config, loadConfig } from '../../config/load.ts';
import { variables } from '../../config/variables.ts';
import { nearestWord } from '../../core/nearest-word.ts';
import { EXIT, Stop } from '../exit.ts';
import { PROJECT } from '../state.ts';

const EXAMPLES = join(PROJECT, 'examples');

export type Example = { readonly name: string; readonly config: Config; readonly asOf: Date };

/** An example of the `examples` folder with the date its expected outcome holds for. */
export async function loadExample(name: string): Promise<Example> {
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
  const expected = JSON.parse(readFileSync(join(EXAMPLES, name, 'expected.json'), 'utf8')) as unknown;
  const { asOf } = z.object({ asOf: z.iso.datetime() }).parse(expected);
  return {
    name,
    config: await loadConfig(join(EXAMPLES, name, 'config'), variables()),
    asOf: new Date(asOf),
  };
}
