import type { Tx } from '../../db/tx.ts';
import type { KeptManner } from './insert-delivery.sql.ts';

export type ReleasedDelivery = {
  readonly deliveryId: string;
  readonly feed: string;
  readonly name: string;
  readonly checksum: string;
  readonly bytes: bigint;
  readonly orderedAt: Date;
  readonly isPast: boolean;
  readonly manner: KeptManner | null;
};

/** Deliveries that were released and are not taken yet, in the order they came; one of them when it is named. */
export async function releasedDeliveries(
  tx: Tx,
  { workspaceId, deliveryId }: { workspaceId: string; deliveryId?: string },
): Promise<readonly ReleasedDelivery[]> {
  return [
    ...(await tx<ReleasedDelivery[]>`
      select d.delivery_id as "deliveryId", f.key as feed, d.name, d.checksum, d.bytes, d.manner,
             coalesce(d.ordered_at, d.received_at) as "orderedAt",
             exists (
               select from delivery o
               where o.workspace_id = d.workspace_id and o.feed_id = d.feed_id and o.checksum <> d.checksum
                 and coalesce(o.ordered_at, o.received_at) > coalesce(d.ordered_at, d.received_at)
             ) as "isPast"
      from delivery d
      join feed f on f.workspace_id = d.workspace_id and f.feed_id = d.feed_id
      where d.workspace_id = ${workspaceId} and d.status = 'released'
        and (${deliveryId ?? null}::uuid is null or d.delivery_id = ${deliveryId ?? null}::uuid)
      order by coalesce(d.ordered_at, d.received_at), d.delivery_id`),
  ];
}
