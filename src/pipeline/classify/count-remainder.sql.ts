import type { Tx } from '../../db/tx.ts';

/** How many records of each side no pass paired, whatever becomes of them. */
export async function countRemainder(tx: Tx): Promise<{ expected: number; actual: number }> {
  const [row] = await tx<{ expected: number; actual: number }[]>`
    select count(*) filter (where p.side = 'expected')::integer as expected,
           count(*) filter (where p.side = 'actual')::integer as actual
    from pool p
    where not exists (select from planned_member m where m.record_id = p.record_id)
      and not exists (select from planned_duplicate d where d.record_id = p.record_id and d.nth > 1)`;
  return row ?? { expected: 0, actual: 0 };
}
