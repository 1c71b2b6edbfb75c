import type { EntryPage, EntrySum } from '../../core/entry.ts';
import type { Tx } from '../../db/tx.ts';
import { bookedColumns, type EntryQuery, entryCondition, waitingColumns } from './entry-condition.sql.ts';

/** How many entries somebody asks for wait and are booked, and what they come to per currency, reversals subtracted. */
export async function entryTotals(tx: Tx, query: EntryQuery): Promise<EntryPage['sums']> {
  const { state } = query.filter;
  const rows = await tx<Row[]>`
    select 'waiting' as state, a.currency, count(*)::integer as count,
           sum(case when a.kind = 'reversal' then -a.amount_minor else a.amount_minor end)::text as minor
    from proposal a
    join exception e on e.workspace_id = a.workspace_id and e.exception_id = a.exception_id
    join currency c on c.code = a.currency
    join person m on m.workspace_id = a.workspace_id and m.person_id = a.proposed_by
    where ${entryCondition(tx, query, waitingColumns(tx))} and ${state === 'booked' ? tx`false` : tx`true`}
      and a.state = 'open' and a.kind in ('adjustment', 'write_off', 'reversal')
    group by a.currency
    union all
    select 'booked', a.currency, count(*)::integer, sum(a.amount_minor)::text
    from adjustment a
    join exception e on e.workspace_id = a.workspace_id and e.exception_id = a.exception_id
    join currency c on c.code = a.currency
    join person m on m.workspace_id = a.workspace_id and m.person_id = a.made_by
    where ${entryCondition(tx, query, bookedColumns(tx))} and ${state === 'waiting' ? tx`false` : tx`true`}
    group by a.currency
    order by currency`;
  return { waiting: sumOf(rows, 'waiting'), booked: sumOf(rows, 'booked') };
}

type Row = { state: keyof EntryPage['sums']; currency: string; count: number; minor: string };

function sumOf(rows: readonly Row[], state: Row['state']): EntrySum {
  const own = rows.filter((row) => row.state === state);
  return {
    count: own.reduce((sum, { count }) => sum + count, 0),
    money: own.map(({ minor, currency }) => ({ minor: BigInt(minor), currency })),
  };
}
