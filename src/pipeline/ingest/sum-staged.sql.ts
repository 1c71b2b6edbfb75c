import type { Tx } from '../../db/tx.ts';

/** The accepted rows' amounts per currency, minor units as text: the delivery's control totals. */
export async function sumStaged(tx: Tx): Promise<Record<string, string>> {
  const rows = await tx<{ currency: string; total: string }[]>`
    select currency, sum(amount_minor)::text as total
    from staged
    where reason is null
    group by currency
    order by currency`;
  return Object.fromEntries(rows.map(({ currency, total }) => [currency, total]));
}
