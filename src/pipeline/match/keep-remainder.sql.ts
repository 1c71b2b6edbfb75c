import { freeRecords } from '../../db/free-records.sql.ts';
import type { Tx } from '../../db/tx.ts';

/** Copies what no pass took to `remainder`: it is counted, raised and listed from there, and what was taken is left out once. */
export async function keepRemainder(tx: Tx, firstPass: string | undefined): Promise<void> {
  const { rows, isFree } = await freeRecords(tx, firstPass);
  await tx`create temp table remainder on commit drop as select p.* from ${rows} where ${isFree}`;
  await tx`analyze remainder (record_id, side, occurred_on)`;
}
