import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Generated } from './outcome.ts';
import { jsonFile } from './text.ts';

/** Writes an example's data and its expected outcome beside its generator. */
export function writeExample(generator: string, { files, expected }: Generated): void {
  const folder = dirname(fileURLToPath(generator));
  mkdirSync(join(folder, 'data'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'data', name), text);
  writeFileSync(join(folder, 'expected.json'), jsonFile(expected));
  process.stdout.write(`wrote ${Object.keys(files).length} files to data/ and expected.json\n`);
}
