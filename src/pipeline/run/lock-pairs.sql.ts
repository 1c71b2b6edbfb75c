import type { Tx } from '../../db/tx.ts';

/**
 * Keeps a run and the decisions of people about pairs of one reconciliation out of each other's way; held until the
 * transaction ends. A run waits its turn: a decision takes milliseconds.
 */
export async function lockPairs(tx: Tx, reconciliationId: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended('tieout pairs ' || ${reconciliationId}, 0))`;
}
