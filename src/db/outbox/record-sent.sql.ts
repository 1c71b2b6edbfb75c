import type { Tx } from '../tx.ts';
import type { LeaseKey } from './mark-attempt.sql.ts';

export type Standing = {
  readonly channelId: string;
  readonly ts: string;
  readonly revision: number;
  /** An earlier call with the same revision may still take effect for so long: nothing newer is shown before. */
  readonly settleMs?: number;
  /** The card stands where its lane does not post any more. */
  readonly mustLeave?: boolean;
};

/**
 * The message stands at `ts`, showing `revision`; false when the lease has passed to somebody else, who knows better.
 *
 * What has something newer to show by now, or must leave, is pending again at once.
 */
export async function recordSent(tx: Tx, lease: LeaseKey, standing: Standing): Promise<boolean> {
  const rows = await tx`
    update outbox set
      channel_id = ${standing.channelId},
      ts = ${standing.ts},
      sent_revision = greatest(sent_revision, ${standing.revision}),
      is_leaving = is_leaving or ${standing.mustLeave ?? false},
      status = case when is_leaving or ${standing.mustLeave ?? false} or wanted_revision > ${standing.revision} then 'pending' else 'sent' end,
      attempts = case when wanted_revision > ${standing.revision} then 0 else attempts end,
      next_attempt_at = now(),
      settles_at = greatest(settles_at, now() + ${standing.settleMs ?? 0} * interval '1 millisecond'),
      lease_token = null,
      lease_until = null,
      last_error = null
    where workspace_id = ${lease.workspaceId} and outbox_id = ${lease.outboxId} and lease_token = ${lease.token}
    returning outbox_id
  `;
  return rows.length === 1;
}
