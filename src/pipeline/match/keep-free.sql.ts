import { freeRecords, tablesTaken } from '../../db/free-records.sql.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Copies what the first pass left to `free_pool`, for everything that looks at the remainder: a later pass, and whoever
 * counts or reads it at the end, would otherwise read the whole pool again to leave most of it out. `set_pool` has the records of
 * all sets: the whole pool where one was planned already, else what is left.
 */
export async function keepFree(tx: Tx): Promise<void> {
  const { rows, isFree } = await freeRecords(tx, undefined);
  await tx`create temp table free_pool on commit drop as select p.* from ${rows} where ${isFree}`;
  await tx`analyze free_pool (record_id, side)`;
  const { sets } = await tablesTaken(tx);
  await tx`create temp view set_pool as select p.* from ${sets ? tx`pool p` : tx`free_pool p`}`;
}
