import type { Tx } from '../../db/tx.ts';

/**
 * Settles quarantined rows of the feed that this delivery corrects: those whose record it brought, those of the same bytes read by an earlier
 * contract, and, where names tell deliveries apart, what kept one of the same name out as a whole. Also its own rows that came after something
 * newer: with them nobody has to do anything.
 */
export async function settleRedelivered(
  tx: Tx,
  about: {
    workspaceId: string;
    feedId: string;
    deliveryId: string;
    orderedAt: Date;
    /** Whether another delivery of its name is the same thing delivered anew. */
    hasOwnName: boolean;
  },
): Promise<void> {
  const { workspaceId, feedId, deliveryId, orderedAt, hasOwnName } = about;
  await tx`
    insert into settled_row (workspace_id, delivery_id, line, how)
    select q.workspace_id, q.delivery_id, q.line, 'redelivered'
    from quarantined_row q
    join delivery d on d.workspace_id = q.workspace_id and d.delivery_id = q.delivery_id
    where q.workspace_id = ${workspaceId} and q.source_ref is not null
      and d.feed_id = ${feedId} and d.delivery_id <> ${deliveryId}
      and coalesce(d.ordered_at, d.received_at) <= ${orderedAt}
      and exists (
        select from staged s
        where s.reason is null and s.source_ref = q.source_ref
          and (s.is_removal or s.revision >= coalesce(q.revision, ''))
      )
    union all
    select q.workspace_id, q.delivery_id, q.line,
           case when s.line is not null and s.reason is null then 'replayed' else 'superseded' end
    from delivery now
    join delivery d
      on d.workspace_id = now.workspace_id and d.feed_id = now.feed_id and d.delivery_id <> now.delivery_id
        and (d.checksum = now.checksum or (${hasOwnName}::boolean and d.name = now.name))
    join quarantined_row q on q.workspace_id = d.workspace_id and q.delivery_id = d.delivery_id
    left join staged s on s.line = q.line
    where now.workspace_id = ${workspaceId} and now.delivery_id = ${deliveryId} and now.status = 'accepted'
      and (d.checksum = now.checksum or q.line = 0)
      and coalesce(d.ordered_at, d.received_at) <= ${orderedAt}
    union all
    select q.workspace_id, q.delivery_id, q.line, 'superseded'
    from quarantined_row q
    where q.workspace_id = ${workspaceId} and q.delivery_id = ${deliveryId}
      and q.reason in ('superseded', 'older_delivery', 'older_revision')
    on conflict on constraint settled_row_pk do nothing`;
}
