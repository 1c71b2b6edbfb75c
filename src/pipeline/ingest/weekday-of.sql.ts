import type { Tx } from '../../db/tx.ts';

/** The weekday of an instant in a zone; 1 is Monday. */
export async function weekdayOf(tx: Tx, { at, zone }: { at: Date; zone: string }): Promise<number> {
  const [row] = await tx<{ weekday: number }[]>`
    select extract(isodow from ${at}::timestamptz at time zone ${zone})::integer as weekday`;
  if (row === undefined) throw new Error('a weekday without a row');
  return row.weekday;
}
