import type { Tx } from '../../db/tx.ts';

/** Inserts records seen for the first time, in the order of their ids, which is the order of the file. */
export async function insertRecords(
  tx: Tx,
  { workspaceId, feedId, deliveryId }: { workspaceId: string; feedId: string; deliveryId: string },
): Promise<void> {
  await tx`
    insert into record (workspace_id, record_id, version, content_hash, revision, amount_minor, currency, occurred_on,
                        client, order_ref, fields, delivery_id, line, feed_id, source_ref)
    select ${workspaceId}::uuid, s.record_id, 1, s.content_hash, s.revision, s.amount_minor, s.currency, s.occurred_on,
           s.client, s.order_ref, s.fields, ${deliveryId}::uuid, s.line, ${feedId}::uuid, s.source_ref
    from planned p
    join staged s on s.line = p.line
    where p.outcome = 'new'
    order by s.record_id`;
}
