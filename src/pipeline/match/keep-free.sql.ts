import { freeRecords } from '../../db/free-records.sql.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Copies what the first pass left to `free_pool`, for everything that looks at the remainder: a later pass, and whoever
 * counts or reads it at the end, would otherwise read the whole pool again to leave most of it out. `set_pool` is where the
 * records of sets are found, which is there too unless a set was planned before.
 */
export async function keepFree(tx: Tx): Promise<void> {
  const { rows, isFree } = await freeRecords(tx, undefined);
  await tx`create temp table free_pool on commit drop as select p.* from ${rows} where ${isFree}`;
  await tx`analyze free_pool (record_id, side)`;
  const [{ hasSets } = { hasSets: true }] = await tx<
    { hasSets: boolean }[]
  >`select exists (select from planned_set) as "hasSets"`;
  await tx`create temp view set_pool as select p.* from ${hasSets ? tx`pool p` : tx`free_pool p`}`;
}
