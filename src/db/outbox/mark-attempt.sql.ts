import type { Tx } from '../tx.ts';

export type LeaseKey = { readonly workspaceId: string; readonly outboxId: string; readonly token: string };

export type Attempt = {
  readonly leaseMs: number;
  /** Where it posts; a line in the thread of the channel. */
  readonly place: string;
  readonly threadTs: string | undefined;
  /** False when the attempt is one already, of which only the lease is counted anew. */
  readonly counts: boolean;
};

/** An attempt begins, with a full lease; false when the lease has passed to somebody else. */
export async function markAttempt(tx: Tx, lease: LeaseKey, attempt: Attempt): Promise<boolean> {
  const rows = await tx`
    update outbox set
      attempts = attempts + ${attempt.counts ? 1 : 0},
      last_attempt_at = now(),
      tried_place = ${attempt.place},
      tried_thread_ts = ${attempt.threadTs ?? null},
      lease_until = now() + ${attempt.leaseMs} * interval '1 millisecond'
    where workspace_id = ${lease.workspaceId} and outbox_id = ${lease.outboxId} and lease_token = ${lease.token}
    returning outbox_id
  `;
  return rows.length === 1;
}
