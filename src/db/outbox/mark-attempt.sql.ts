import type { Tx } from '../tx.ts';

export type LeaseKey = { readonly workspaceId: string; readonly outboxId: string; readonly token: string };

/** Starts another attempt, at `place`, after a look-up found nothing; false when the lease has passed to somebody else. */
export async function markAttempt(
  tx: Tx,
  lease: LeaseKey,
  { leaseMs, place }: { leaseMs: number; place: string },
): Promise<boolean> {
  const rows = await tx`
    update outbox set
      attempts = attempts + 1,
      last_attempt_at = now(),
      tried_place = ${place},
      lease_until = now() + ${leaseMs} * interval '1 millisecond'
    where workspace_id = ${lease.workspaceId} and outbox_id = ${lease.outboxId} and lease_token = ${lease.token}
    returning outbox_id
  `;
  return rows.length === 1;
}
