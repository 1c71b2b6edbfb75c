import { fileURLToPath } from 'node:url';
import { writeExample } from '../support/files.ts';
import type { Generated } from '../support/outcome.ts';
import { dice } from '../support/random.ts';
import { expectedOutcome } from './expected.ts';
import { conversionFiles, leadFiles, mergeFile } from './files.ts';
import { tellStories } from './stories.ts';

export const DEFAULTS = { seed: 2026, leads: 80 } as const;
/** With fewer not every case has a lead; with more, people and companies would share names. */
const FEWEST = 40;
const MOST = 150;

/**
 * The leads of an agency's clients, the conversions that campaigns reported, and what comparing them must come to.
 *
 * Throws: with fewer than 40 leads or more than 150.
 */
export function generate({ seed, leads }: { seed: number; leads: number }): Generated {
  if (!Number.isInteger(leads) || leads < FEWEST || leads > MOST) {
    throw new Error(`cannot tell every case with ${leads} leads; ask for ${FEWEST} to ${MOST}`);
  }
  const tale = tellStories(dice(seed), leads);
  const files = { ...leadFiles(tale), ...conversionFiles(tale), ...mergeFile(tale) };
  return { files, expected: expectedOutcome(tale, { seed, leads }) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeExample(import.meta.url, generate(DEFAULTS));
