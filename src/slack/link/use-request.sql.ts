import type { Tx } from '../../db/tx.ts';

/** The request has led to a link and leads to no other. */
export async function useRequest(tx: Tx, workspaceId: string, requestId: string): Promise<void> {
  await tx`
    update link_request set used_at = clock_timestamp()
    where workspace_id = ${workspaceId} and link_request_id = ${requestId}`;
}
