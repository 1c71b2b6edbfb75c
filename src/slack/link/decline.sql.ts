import type { Tx } from '../../db/tx.ts';

/** An admin will not vouch: the request is over. */
export async function storeDecline(
  tx: Tx,
  request: { workspaceId: string; requestId: string; declinedBy: string },
): Promise<void> {
  await tx`
    update link_request set declined_at = clock_timestamp(), declined_by = ${request.declinedBy}
    where workspace_id = ${request.workspaceId} and link_request_id = ${request.requestId}`;
}
