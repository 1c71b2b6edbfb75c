import type { Tx } from '../tx.ts';
import type { LeaseKey } from './mark-attempt.sql.ts';

/** Given up, with the reason; it counts in /readyz until the card is wanted again. */
export async function recordDead(tx: Tx, lease: LeaseKey, error: string): Promise<void> {
  await tx`
    update outbox set status = 'dead', lease_token = null, lease_until = null, last_error = ${error}
    where workspace_id = ${lease.workspaceId} and outbox_id = ${lease.outboxId} and lease_token = ${lease.token}
  `;
}
