import type { Tx } from '../../db/tx.ts';

/**
 * Counts the table `staged` for the planner, and how many rows are kept out: taken for nearly all, any delivery would look up
 * each of its rows. Of the wide columns it asks nothing, and looking at them costs a second per million rows.
 */
export async function analyzeStaged(tx: Tx): Promise<void> {
  await tx`analyze staged (line, reason, source_ref)`;
}
