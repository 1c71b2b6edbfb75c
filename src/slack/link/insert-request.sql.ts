import type { Tx } from '../../db/tx.ts';
import type { Pressed } from './pressed.ts';

export type NewRequest = {
  readonly workspaceId: string;
  readonly requestId: string;
  readonly slackUserId: string;
  readonly slackName: string;
  readonly pressed: Pressed;
  readonly expiresAt: Date;
};

/** A new request to be linked, which nobody has answered. */
export async function insertRequest(tx: Tx, request: NewRequest): Promise<void> {
  await tx`
    insert into link_request (workspace_id, link_request_id, slack_user_id, slack_name, pressed, asked_at, expires_at)
    values (${request.workspaceId}, ${request.requestId}, ${request.slackUserId}, ${request.slackName},
            ${tx.json(request.pressed)}::jsonb, clock_timestamp(), ${request.expiresAt.toISOString()})`;
}
