import type { Tx } from '../../db/tx.ts';

/** Counts the table `staged` for the planner. Of the wide columns it asks nothing, and looking at them costs a second per million rows. */
export async function analyzeStaged(tx: Tx): Promise<void> {
  await tx`analyze staged (line, source_ref)`;
}
