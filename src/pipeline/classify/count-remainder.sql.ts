import type { Tx } from '../../db/tx.ts';

/** How many records of each side no pass paired, whatever becomes of them. */
export async function countRemainder(tx: Tx): Promise<{ expected: number; actual: number }> {
  const [row] = await tx<{ expected: number; actual: number }[]>`
    select count(*) filter (where p.side = 'expected')::integer as expected,
           count(*) filter (where p.side = 'actual')::integer as actual
    from remainder p`;
  if (!row) throw new Error('a count has a row');
  return row;
}
