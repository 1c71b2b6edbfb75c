import type { Tx } from '../../db/tx.ts';
import type { Total } from './totals.ts';

/** The amounts per currency, in minor units, of accepted rows that neither become nor stay a record: repeats and losers. */
export async function sumSuperseded(tx: Tx): Promise<ReadonlyMap<string, Total>> {
  const rows = await tx<{ currency: string; total: string; rows: number }[]>`
    select s.currency, sum(s.amount_minor)::text as total, count(*)::integer as rows
    from planned p
    join staged s on s.line = p.line
    where s.currency is not null and (p.is_repeat or p.outcome in ('duplicate_key', 'older_revision', 'superseded', 'older_delivery'))
    group by s.currency`;
  return new Map(rows.map(({ currency, total, rows }) => [currency, { minor: BigInt(total), rows }]));
}
