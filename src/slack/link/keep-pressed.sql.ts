import type { Tx } from '../../db/tx.ts';
import type { Pressed } from './pressed.ts';

/** The request keeps this press instead of an earlier one. */
export async function keepPressed(
  tx: Tx,
  request: { workspaceId: string; requestId: string; pressed: Pressed },
): Promise<void> {
  await tx`
    update link_request set pressed = ${tx.json(request.pressed)}::jsonb
    where workspace_id = ${request.workspaceId} and link_request_id = ${request.requestId}`;
}
