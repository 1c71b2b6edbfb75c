import { PAGE_ROWS, type WorkRow } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { isOverdue } from './visible-to.sql.ts';
import { type WorkQuery, workCondition } from './work-condition.sql.ts';

type Row = Omit<WorkRow, 'owner' | 'client' | 'orderRef' | 'atStake'> & {
  readonly owner: string | null;
  readonly client: string | null;
  readonly orderRef: string | null;
  readonly minor: bigint;
  readonly currency: string;
};

/** One page of a list: what is live by due time, then what is closed, newest first. */
export async function workRows(tx: Tx, query: WorkQuery, page: number): Promise<WorkRow[]> {
  const rows = await tx<Row[]>`
    select e.exception_id as "exceptionId", e.number, e.version, e.type, e.status, e.level, t.name as team,
           o.name as owner, e.client, e.order_ref as "orderRef", e.at_stake_minor as minor, e.currency,
           e.due_at as "dueAt", ${isOverdue(tx, query.now)} as "isOverdue"
    from exception e
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    join currency c on c.code = e.currency
    left join person o on o.workspace_id = e.workspace_id and o.person_id = e.owner_id
    where ${workCondition(tx, query)}
    order by e.closed_at desc nulls first, e.due_at, e.number
    limit ${PAGE_ROWS} offset ${page * PAGE_ROWS}`;
  return rows.map(({ minor, currency, owner, client, orderRef, ...row }) => ({
    ...row,
    owner: owner ?? undefined,
    client: client ?? undefined,
    orderRef: orderRef ?? undefined,
    atStake: { minor, currency },
  }));
}
