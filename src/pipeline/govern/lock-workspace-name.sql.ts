import type { Tx } from '../../db/tx.ts';

/** Waits until nobody else applies a configuration to the workspace of this name; held until the transaction ends. */
export async function lockWorkspaceName(tx: Tx, name: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`tieout.config:${name}`}, 0))`;
}
