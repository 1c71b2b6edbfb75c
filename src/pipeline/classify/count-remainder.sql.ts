import { freeRecords } from '../../db/free-records.sql.ts';
import type { Tx } from '../../db/tx.ts';

/** How many records of each side no pass paired, whatever becomes of them. */
export async function countRemainder(
  tx: Tx,
  firstPass: string | undefined,
): Promise<{ expected: number; actual: number }> {
  const { rows, isFree } = await freeRecords(tx, firstPass);
  const [row] = await tx<{ expected: number; actual: number }[]>`
    select count(*) filter (where p.side = 'expected')::integer as expected,
           count(*) filter (where p.side = 'actual')::integer as actual
    from ${rows}
    where ${isFree}`;
  return row ?? { expected: 0, actual: 0 };
}
