import type { Tx } from '../../db/tx.ts';
import type { KeptManner } from './insert-delivery.sql.ts';

/** A delivery of which rows are kept out. */
export type ReplayableDelivery = {
  readonly deliveryId: string;
  readonly name: string;
  readonly manner: KeptManner | null;
  readonly orderedAt: Date;
};

/** Deliveries of a feed that were read and of which rows are kept out, in the order they came. */
export async function replayableDeliveries(
  tx: Tx,
  { workspaceId, feedId }: { workspaceId: string; feedId: string },
): Promise<readonly ReplayableDelivery[]> {
  return [
    ...(await tx<ReplayableDelivery[]>`
      select d.delivery_id as "deliveryId", d.name, d.manner, coalesce(d.ordered_at, d.received_at) as "orderedAt"
      from delivery d
      where d.workspace_id = ${workspaceId} and d.feed_id = ${feedId} and d.status in ('accepted', 'quarantined')
        and exists (
          select from quarantined_row q
          where q.workspace_id = d.workspace_id and q.delivery_id = d.delivery_id and q.line > 0
            and not exists (
              select from settled_row t
              where t.workspace_id = q.workspace_id and t.delivery_id = q.delivery_id and t.line = q.line
            )
        )
      order by coalesce(d.ordered_at, d.received_at), d.delivery_id`),
  ];
}
