import type { Verdict } from '../../core/webhook-endpoint.ts';
import type { Tx } from '../../db/tx.ts';

type Recorded = {
  readonly workspaceId: string;
  readonly messageId: string;
  readonly leaseId: string;
  readonly verdict: Verdict;
  readonly status: number | undefined;
  readonly problem: string | undefined;
  readonly now: Date;
};

/** Writes what an attempt came to, unless its lease was over and somebody else has the message. */
export async function recordAttempt(tx: Tx, recorded: Recorded): Promise<void> {
  const { workspaceId, messageId, leaseId, verdict, status, problem, now } = recorded;
  const waitMs = verdict.state === 'pending' ? verdict.waitMs : 0;
  await tx`
    update webhook_message
    set state = ${verdict.state}, last_status = ${status ?? null}, last_error = ${problem ?? null}, lease_id = null,
        next_at = ${new Date(now.getTime() + waitMs).toISOString()}::timestamptz,
        sent_at = case when ${verdict.state} = 'sent' then ${now.toISOString()}::timestamptz else sent_at end
    where workspace_id = ${workspaceId} and message_id = ${messageId} and lease_id = ${leaseId} and state = 'pending'`;
}
