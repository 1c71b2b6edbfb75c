import type { Tx } from '../../db/tx.ts';

/** Marks events as part of a delivery (or of a pull, which has none of its own); says how many still waited. */
export async function markTaken(
  tx: Tx,
  taken: { workspaceId: string; feed: string; eventIds: readonly string[]; deliveryId: string | undefined },
): Promise<number> {
  const { count } = await tx`
    update webhook_event e
    set status = 'taken', delivery_id = ${taken.deliveryId ?? null}
    from feed f
    where f.workspace_id = ${taken.workspaceId} and f.key = ${taken.feed}
      and e.workspace_id = f.workspace_id and e.feed_id = f.feed_id
      and e.event_id = any(${[...taken.eventIds]}) and e.status = 'stored'`;
  return count;
}
