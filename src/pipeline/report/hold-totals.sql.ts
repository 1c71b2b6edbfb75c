import type { Money } from '../../core/money.ts';
import type { Tx } from '../../db/tx.ts';
import { type HoldQuery, holdCondition } from './hold-condition.sql.ts';

export type HoldTotals = { readonly total: number; readonly whole: number; readonly money: readonly Money[] };

/** How many holds somebody asks for, how many of them hold everything, and what the others come to per currency. */
export async function holdTotals(tx: Tx, query: HoldQuery): Promise<HoldTotals> {
  const rows = await tx<{ currency: string | null; count: number; minor: string }[]>`
    select h.currency, count(*)::integer as count, coalesce(sum(h.amount_minor), 0)::text as minor
    from hold h
    left join exception e on e.workspace_id = h.workspace_id and e.exception_id = h.exception_id
    where ${holdCondition(tx, query)}
    group by h.currency
    order by h.currency`;
  return {
    total: rows.reduce((sum, row) => sum + row.count, 0),
    whole: rows.find(({ currency }) => currency === null)?.count ?? 0,
    money: rows.flatMap(({ minor, currency }) =>
      currency === null ? [] : [{ minor: BigInt(minor), currency }],
    ),
  };
}
