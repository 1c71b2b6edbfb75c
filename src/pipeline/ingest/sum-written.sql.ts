import type { Tx } from '../../db/tx.ts';

/** The amounts per currency, in minor units as text, of the planned rows that become a record or its next version. */
export async function sumWritten(tx: Tx): Promise<Readonly<Record<string, string>>> {
  const rows = await tx<{ currency: string; total: string }[]>`
    select s.currency, sum(s.amount_minor)::text as total
    from planned p
    join staged s on s.line = p.line
    where s.currency is not null and p.outcome in ('new', 'changed')
    group by s.currency
    order by s.currency`;
  return Object.fromEntries(rows.map(({ currency, total }) => [currency, total]));
}
