import type { SimilarFound } from '../../core/similar-pass.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { createTables } from './create-tables.sql.ts';
import { fillPool, type PoolCounts } from './fill-pool.sql.ts';
import { findDuplicates } from './find-duplicates.sql.ts';
import { findExact } from './find-exact.sql.ts';
import { findSimilarPairs } from './find-similar.ts';
import { sumGroups } from './sum-groups.sql.ts';

export type Matched = {
  readonly records: PoolCounts;
  readonly learnt: Readonly<Record<string, SimilarFound['learnt']>>;
};

/**
 * Plans which records belong together, in working tables of the transaction: duplicates first, then each pass over what
 * earlier ones left. Nothing is written to the record. Returns how many records of each side took part, and what similar
 * passes learnt, by pass.
 */
export async function match(
  tx: Tx,
  input: { workspaceId: string; spec: Reconciliation; cutoffOn: string },
): Promise<Matched> {
  await createTables(tx);
  const records = await fillPool(tx, input);
  for (const [index, rule] of input.spec.duplicates.entries()) {
    await findDuplicates(tx, { spec: input.spec, rule, index });
  }
  const learnt: Record<string, SimilarFound['learnt']> = {};
  for (const pass of input.spec.find) {
    if (pass.kind === 'exact') await findExact(tx, { spec: input.spec, pass });
    else learnt[pass.name] = await findSimilarPairs(tx, { spec: input.spec, pass });
  }
  await sumGroups(tx, input.spec);
  return { records, learnt };
}
