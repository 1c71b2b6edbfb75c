import { fileURLToPath } from 'node:url';
import { writeExample } from '../support/files.ts';
import type { Generated } from '../support/outcome.ts';
import { dice } from '../support/random.ts';
import { expectedOutcome } from './expected.ts';
import { invoiceFiles, orderFiles } from './files.ts';
import { tellStories } from './stories.ts';

export const DEFAULTS = { seed: 2026, orders: 120 } as const;

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

if (process.argv[1] === fileURLToPath(import.meta.url)) writeExample(import.meta.url, generate(DEFAULTS));
