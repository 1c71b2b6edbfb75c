import type { Tx } from '../../db/tx.ts';

export type StoredEvent = { readonly eventId: string; readonly body: Buffer; readonly receivedAt: Date };

/** The oldest events of a feed that are not yet part of a delivery. */
export async function storedEvents(
  tx: Tx,
  { workspaceId, feed, limit }: { workspaceId: string; feed: string; limit: number },
): Promise<readonly StoredEvent[]> {
  return await tx<StoredEvent[]>`
    select e.event_id as "eventId", e.body, e.received_at as "receivedAt"
    from webhook_event e
    join feed f on f.workspace_id = e.workspace_id and f.feed_id = e.feed_id
    where e.workspace_id = ${workspaceId} and f.key = ${feed} and e.status = 'stored'
    order by e.received_at, e.event_id
    limit ${limit}`;
}
