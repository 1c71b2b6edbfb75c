import type { Tx } from '../../db/tx.ts';

/**
 * Makes records of the accepted rows of `batch`: the feed has none but those that came before in the same file.
 *
 * Throws: a violation of `record_source_ref_unique` when a key comes twice.
 */
export async function insertBatch(
  tx: Tx,
  about: { workspaceId: string; feedId: string; deliveryId: string },
): Promise<void> {
  const { workspaceId, feedId, deliveryId } = about;
  await tx`
    insert into record (workspace_id, record_id, version, content_hash, revision, amount_minor, currency, occurred_on,
                        client, order_ref, fields, delivery_id, line, feed_id, source_ref)
    select ${workspaceId}::uuid, b.record_id, 1, b.content_hash, b.revision, b.amount_minor, b.currency, b.occurred_on,
           b.client, b.order_ref, b.fields, ${deliveryId}::uuid, b.line, ${feedId}::uuid, b.source_ref
    from batch b
    where b.reason is null`;
}
