import type { Tx } from '../../db/tx.ts';

/**
 * The amounts per currency of what became or stayed a record, minor units as text: the delivery's control totals. A row
 * that repeats another counts once.
 */
export async function sumStaged(tx: Tx): Promise<Record<string, string>> {
  const rows = await tx<{ currency: string; total: string }[]>`
    select s.currency, sum(s.amount_minor)::text as total
    from staged s
    where s.reason is null and s.currency is not null
      and not exists (select from planned p where p.is_repeat and p.line = s.line)
    group by s.currency
    order by s.currency`;
  return Object.fromEntries(rows.map(({ currency, total }) => [currency, total]));
}
