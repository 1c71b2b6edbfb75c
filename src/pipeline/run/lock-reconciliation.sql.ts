import type { Tx } from '../../db/tx.ts';

/** Whether this transaction may run the reconciliation: one at a time, and nobody waits. Held until it ends. */
export async function lockReconciliation(tx: Tx, reconciliationId: string): Promise<boolean> {
  const [row] = await tx<{ taken: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended('tieout run ' || ${reconciliationId}, 0)) as taken`;
  return row?.taken === true;
}
