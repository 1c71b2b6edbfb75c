import type { Tx } from '../../db/tx.ts';

/** Makes the table that some thousand rows at a time of a first delivery pass through. Made in the savepoint that empties it, since only then does that cost nothing. */
export async function createBatch(tx: Tx): Promise<void> {
  await tx`create temp table batch (like staged) on commit drop`;
}
