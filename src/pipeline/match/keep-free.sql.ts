import { freeRecords } from '../../db/free-records.sql.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Copies what the first pass left to `free_pool`, for everything that looks at the remainder: a later pass, and whoever
 * counts or reads it at the end, would otherwise read the whole pool again to leave most of it out.
 */
export async function keepFree(tx: Tx): Promise<void> {
  const { rows, isFree } = freeRecords(tx, undefined);
  await tx`create temp table free_pool on commit drop as select p.* from ${rows} where ${isFree}`;
  await tx`analyze free_pool (record_id, side)`;
}
