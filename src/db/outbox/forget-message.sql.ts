import type { Tx } from '../tx.ts';

/** The card's message is gone from Slack: it will be posted anew, whatever revision stood there. False when it stands elsewhere by now. */
export async function forgetMessage(
  tx: Tx,
  gone: { workspaceId: string; outboxId: string; ts: string },
): Promise<boolean> {
  const rows = await tx`
    update outbox set
      channel_id = null,
      ts = null,
      first_attempt_at = null,
      is_leaving = false,
      status = 'pending',
      next_attempt_at = now(),
      lease_token = null,
      lease_until = null,
      last_error = 'message_not_found'
    where workspace_id = ${gone.workspaceId}
      and outbox_id = ${gone.outboxId}
      and ts = ${gone.ts}
    returning outbox_id
  `;
  return rows.length === 1;
}
