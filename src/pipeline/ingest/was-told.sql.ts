import type { Tx } from '../../db/tx.ts';

/** How long one message about pushes of a feed stands for the next ones: they are taken in every minute. */
const PUSHES_SILENT = '1 hour';

/**
 * Whether the data owner was told of as much already: by a delivery of the same bytes that came to no better, or, for pushes, by one of the
 * hour before.
 */
export async function wasTold(
  tx: Tx,
  about: {
    workspaceId: string;
    feedId: string;
    deliveryId: string;
    checksum: string;
    status: string;
    rowsQuarantined: number;
    isPushed: boolean;
  },
): Promise<boolean> {
  const { workspaceId, feedId, deliveryId, checksum, status, rowsQuarantined, isPushed } = about;
  const [found] = await tx<{ told: boolean }[]>`
    select exists (
      select from delivery d
      join outbox o on o.workspace_id = d.workspace_id and o.dedupe_key = 'delivery:' || d.delivery_id
      where d.workspace_id = ${workspaceId} and d.feed_id = ${feedId} and d.delivery_id <> ${deliveryId}
        and ((d.checksum = ${checksum} and d.status = ${status} and d.rows_quarantined >= ${rowsQuarantined})
          or (${isPushed}::boolean and d.observed is null and d.rows_quarantined > 0
              and d.received_at > now() - ${PUSHES_SILENT}::interval))
    ) as told`;
  return found?.told ?? false;
}
