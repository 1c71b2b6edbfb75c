import { fileURLToPath } from 'node:url';
import { writeExample } from '../support/files.ts';
import type { Generated } from '../support/outcome.ts';
import { dice } from '../support/random.ts';
import { expectedOutcome } from './expected.ts';
import { invoiceFiles, taskFiles } from './files.ts';
import { tellStories } from './stories.ts';

export const DEFAULTS = { seed: 2026, stories: 60 } as const;
/** With fewer not every case has its story; with more, tasks would share titles. */
const FEWEST = 40;
const MOST = 150;

/**
 * The work that an agency delivered, the lines it billed, and what comparing them must come to.
 *
 * Throws: with fewer than 40 stories or more than 150.
 */
export function generate({ seed, stories }: { seed: number; stories: number }): Generated {
  if (!Number.isInteger(stories) || stories < FEWEST || stories > MOST) {
    throw new Error(`cannot tell every case with ${stories} stories; ask for ${FEWEST} to ${MOST}`);
  }
  const tale = tellStories(dice(seed), stories);
  const files = { ...taskFiles(tale), ...invoiceFiles(tale) };
  return { files, expected: expectedOutcome(tale, { seed, stories }) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeExample(import.meta.url, generate(DEFAULTS));
