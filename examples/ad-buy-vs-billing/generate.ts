import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExpectedOutcome } from '../support/outcome.ts';
import { dice } from '../support/random.ts';
import { jsonFile } from '../support/text.ts';
import { expectedOutcome } from './expected.ts';
import { invoiceFiles, orderFiles } from './files.ts';
import { tellStories } from './stories.ts';

export const DEFAULTS = { seed: 2026, orders: 120 } as const;

export type Generated = {
  /** File name to text. */
  readonly files: Readonly<Record<string, string>>;
  readonly expected: ExpectedOutcome;
};

/**
 * An agency's orders, the invoices its vendors sent, and what comparing them must come to.
 *
 * Throws: with fewer than 40 orders, because then not every case has one.
 */
export function generate({ seed, orders }: { seed: number; orders: number }): Generated {
  if (!Number.isInteger(orders) || orders < 40) {
    throw new Error(`cannot tell every case with ${orders} orders; ask for at least 40`);
  }
  const told = tellStories(dice(seed), orders);
  const files = { ...orderFiles(told), ...invoiceFiles(told) };
  return { files, expected: expectedOutcome(told, { seed, orders }) };
}

function write(folder: string): void {
  const { files, expected } = generate(DEFAULTS);
  mkdirSync(join(folder, 'data'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'data', name), text);
  writeFileSync(join(folder, 'expected.json'), jsonFile(expected));
  process.stdout.write(`wrote ${Object.keys(files).length} files to data/ and expected.json\n`);
}

const thisFile = fileURLToPath(import.meta.url);
if (process.argv[1] === thisFile) write(dirname(thisFile));
