import type { Tx } from '../../db/tx.ts';

/** Makes the table that the bytes of losing rows are copied into; it vanishes with the transaction. */
export async function createLoser(tx: Tx): Promise<void> {
  await tx`create temp table loser (line integer not null, raw bytea not null) on commit drop`;
}
