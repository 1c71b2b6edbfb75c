import type { Tx } from '../../db/tx.ts';

/** Empties the table `batch` for the rows that come next. */
export async function emptyBatch(tx: Tx): Promise<void> {
  await tx`truncate batch`;
}
