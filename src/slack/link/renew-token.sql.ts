import type { Tx } from '../../db/tx.ts';

/** Another token confirms the request from now on, in the time that is left; the earlier one is worth nothing. */
export async function renewToken(
  tx: Tx,
  request: { workspaceId: string; requestId: string; tokenHash: string },
): Promise<void> {
  await tx`
    update link_request set token_hash = ${request.tokenHash}
    where workspace_id = ${request.workspaceId} and link_request_id = ${request.requestId}`;
}
