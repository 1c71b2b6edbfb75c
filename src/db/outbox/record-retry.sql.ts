import type { Tx } from '../tx.ts';
import type { LeaseKey } from './mark-attempt.sql.ts';

/** Slack surely did not take it: pending again after `delayMs`. `counts` is false when the attempt says nothing about the message. */
export async function recordRetry(
  tx: Tx,
  lease: LeaseKey,
  retry: { error: string; delayMs: number; counts: boolean },
): Promise<void> {
  await tx`
    update outbox set
      status = 'pending',
      attempts = attempts - ${retry.counts ? 0 : 1},
      next_attempt_at = now() + ${retry.delayMs} * interval '1 millisecond',
      lease_token = null,
      lease_until = null,
      last_error = ${retry.error}
    where workspace_id = ${lease.workspaceId} and outbox_id = ${lease.outboxId} and lease_token = ${lease.token}
  `;
}
