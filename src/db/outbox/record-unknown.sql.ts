import type { Tx } from '../tx.ts';
import type { LeaseKey } from './mark-attempt.sql.ts';

/** Nobody knows whether Slack took it: stays `sending`, and is taken up again after `delayMs`, and not before Slack had `settleMs`. */
export async function recordUnknown(
  tx: Tx,
  lease: LeaseKey,
  unknown: { error: string; delayMs: number; settleMs: number },
): Promise<void> {
  await tx`
    update outbox set
      next_attempt_at = now() + ${unknown.delayMs} * interval '1 millisecond',
      settles_at = greatest(settles_at, now() + ${unknown.settleMs} * interval '1 millisecond'),
      lease_token = null,
      lease_until = null,
      last_error = ${unknown.error}
    where workspace_id = ${lease.workspaceId} and outbox_id = ${lease.outboxId} and lease_token = ${lease.token}
  `;
}
