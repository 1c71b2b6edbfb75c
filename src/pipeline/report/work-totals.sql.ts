import type { Money } from '../../core/money.ts';
import type { Tx } from '../../db/tx.ts';
import { isOverdue } from './visible-to.sql.ts';
import { type WorkQuery, workCondition } from './work-condition.sql.ts';

export type WorkTotals = { readonly total: number; readonly overdue: number; readonly money: Money[] };

/** What the whole list counts and is worth, currencies by code. A sum may be larger than any single amount. */
export async function workTotals(tx: Tx, query: WorkQuery): Promise<WorkTotals> {
  const rows = await tx<{ currency: string; count: number; overdue: number; minor: string }[]>`
    select e.currency, count(*)::integer as count, count(*) filter (where ${isOverdue(tx, query.now)})::integer as overdue,
           sum(e.at_stake_minor)::text as minor
    from exception e
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    join currency c on c.code = e.currency
    left join person o on o.workspace_id = e.workspace_id and o.person_id = e.owner_id
    where ${workCondition(tx, query)}
    group by e.currency
    order by e.currency`;
  return {
    total: rows.reduce((sum, row) => sum + row.count, 0),
    overdue: rows.reduce((sum, row) => sum + row.overdue, 0),
    money: rows.map(({ minor, currency }) => ({ minor: BigInt(minor), currency })),
  };
}
