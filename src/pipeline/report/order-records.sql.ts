import { recordsOfOrders } from '../../db/records-of-orders.sql.ts';
import type { Tx } from '../../db/tx.ts';

/** One record of an order with the live match it is in, as people read it. */
export type OrderRecord = {
  readonly feed: string;
  readonly sourceRef: string;
  readonly version: number;
  /** Null, with its currency, for a record without an amount. */
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly occurredOn: string;
  readonly client: string | null;
  readonly delivery: string;
  readonly line: number;
  /** Its source took it back: it takes no part any more. */
  readonly isRemoved: boolean;
  readonly match: { readonly pass: string; readonly outcome: string; readonly reason: string | null } | null;
};

/**
 * The current records that carry the order reference, what they are matched as, and the records that they are matched with:
 * what was found by an amount or a name carries another reference, or none, and is the order's all the same.
 */
export async function recordsOfOrder(tx: Tx, workspaceId: string, orderRef: string): Promise<OrderRecord[]> {
  return await tx<OrderRecord[]>`
    with own as materialized (
      select o.record_id from ${recordsOfOrders(tx, { workspaceId, orders: [orderRef] })} o
    ),
    placed as materialized (
      select own.record_id, m.match_id, m.pass, m.outcome, m.reason, m.record_ids
      from own
      left join match_member mm on mm.workspace_id = ${workspaceId} and mm.record_id = own.record_id and mm.is_live
        -- Its index begins with it.
        and mm.reconciliation_id = any(array(
          select c.reconciliation_id from reconciliation c where c.workspace_id = ${workspaceId}))
      left join match m on m.workspace_id = mm.workspace_id and m.match_id = mm.match_id
    ),
    partner as (
      select distinct of_it.record_id, placed.match_id, placed.pass, placed.outcome, placed.reason
      from placed
      cross join lateral unnest(placed.record_ids) as of_it (record_id)
      where of_it.record_id not in (select own.record_id from own)
    )
    select f.key as feed, r.source_ref as "sourceRef", r.version, r.amount_minor as "amountMinor", r.currency,
           to_char(r.occurred_on, 'YYYY-MM-DD') as "occurredOn", r.client, d.name as delivery, r.line,
           r.is_removed as "isRemoved",
           case when s.match_id is not null
                then json_build_object('pass', s.pass, 'outcome', s.outcome, 'reason', s.reason) end as match
    from (
      select record_id, match_id, pass, outcome, reason from placed
      union all
      select record_id, match_id, pass, outcome, reason from partner
    ) s
    join record r on r.workspace_id = ${workspaceId} and r.record_id = s.record_id
    join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
    join delivery d on d.workspace_id = r.workspace_id and d.delivery_id = r.delivery_id
    order by f.key, r.source_ref collate "C"`;
}
