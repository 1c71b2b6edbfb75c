import type { Tx } from '../../db/tx.ts';

/** Settles quarantined rows of the feed whose record this delivery brought: somebody corrected them by delivering again. */
export async function settleRedelivered(
  tx: Tx,
  about: { workspaceId: string; feedId: string; deliveryId: string; orderedAt: Date },
): Promise<void> {
  await tx`
    insert into settled_row (workspace_id, delivery_id, line, how)
    select q.workspace_id, q.delivery_id, q.line, 'redelivered'
    from quarantined_row q
    join delivery d on d.workspace_id = q.workspace_id and d.delivery_id = q.delivery_id
    where q.workspace_id = ${about.workspaceId} and q.source_ref is not null
      and d.feed_id = ${about.feedId} and d.delivery_id <> ${about.deliveryId}
      and coalesce(d.ordered_at, d.received_at) <= ${about.orderedAt}
      and q.source_ref in (select s.source_ref from staged s where s.reason is null)
    on conflict on constraint settled_row_pk do nothing`;
}
