import type { Tx } from '../../db/tx.ts';

/** Replaces changed records by their new version; one that its source took back and delivers again is there again. */
export async function updateRecords(
  tx: Tx,
  { workspaceId, deliveryId }: { workspaceId: string; deliveryId: string },
): Promise<void> {
  await tx`
    update record r
    set version = r.version + 1,
        content_hash = s.content_hash,
        edited_from = null,
        revision = s.revision,
        amount_minor = s.amount_minor,
        currency = s.currency,
        occurred_on = s.occurred_on,
        client = s.client,
        order_ref = s.order_ref,
        fields = s.fields,
        delivery_id = ${deliveryId},
        line = s.line,
        is_removed = false
    from planned p
    join staged s on s.line = p.line
    where p.outcome = 'changed'
      and r.workspace_id = ${workspaceId} and r.record_id = p.known_id`;
}
