import type { Tx } from '../tx.ts';

/** The message about a delivery, where there is one, will show it as it is once the transaction commits. */
export async function wantDeliveryAgain(
  tx: Tx,
  { workspaceId, deliveryId }: { workspaceId: string; deliveryId: string },
): Promise<void> {
  await tx`
    update outbox o
    set wanted_revision = o.wanted_revision + 1,
        status = case when o.status in ('sent', 'dead') then 'pending' else o.status end,
        attempts = case when o.status in ('sent', 'dead') then 0 else o.attempts end,
        next_attempt_at = case when o.status in ('sent', 'dead') then now() else o.next_attempt_at end
    where o.workspace_id = ${workspaceId} and o.dedupe_key = ${`delivery:${deliveryId}`}`;
}
