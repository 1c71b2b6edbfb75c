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
  readonly match: { readonly pass: string; readonly outcome: string; readonly reason: string | null } | null;
};

/** The current records that carry the order reference, and what they are matched as. */
export async function recordsOfOrder(tx: Tx, workspaceId: string, orderRef: string): Promise<OrderRecord[]> {
  return await tx<OrderRecord[]>`
    select f.key as feed, r.source_ref as "sourceRef", r.version, r.amount_minor as "amountMinor", r.currency,
           to_char(r.occurred_on, 'YYYY-MM-DD') as "occurredOn", r.client, d.name as delivery, r.line,
           case when m.match_id is not null
                then json_build_object('pass', m.pass, 'outcome', m.outcome, 'reason', m.reason) end as match
    from ${recordsOfOrders(tx, { workspaceId, orders: [orderRef] })} r
    join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
    join delivery d on d.workspace_id = r.workspace_id and d.delivery_id = r.delivery_id
    left join match_member mm on mm.workspace_id = r.workspace_id and mm.record_id = r.record_id and mm.is_live
      -- Its index begins with it.
      and mm.reconciliation_id = any(array(
        select c.reconciliation_id from reconciliation c where c.workspace_id = ${workspaceId}))
    left join match m on m.workspace_id = mm.workspace_id and m.match_id = mm.match_id
    order by f.key, r.source_ref collate "C"`;
}
