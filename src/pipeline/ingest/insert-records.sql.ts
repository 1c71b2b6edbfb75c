import type { Tx } from '../../db/tx.ts';

/**
 * Inserts records seen for the first time. They come in the order of the file, which is that of their ids: nothing was
 * sorted, and the index grows at its end.
 */
export async function insertRecords(
  tx: Tx,
  about: { workspaceId: string; feedId: string; deliveryId: string; isFirst: boolean },
): Promise<void> {
  const { workspaceId, feedId, deliveryId, isFirst } = about;
  await tx`
    insert into record (workspace_id, record_id, version, content_hash, revision, amount_minor, currency, occurred_on,
                        client, order_ref, fields, delivery_id, line, feed_id, source_ref)
    select ${workspaceId}::uuid, s.record_id, 1, s.content_hash, s.revision, s.amount_minor, s.currency, s.occurred_on,
           s.client, s.order_ref, s.fields, ${deliveryId}::uuid, s.line, ${feedId}::uuid, s.source_ref
    from staged s
    where s.reason is null and not s.is_removal
      and ${
        isFirst
          ? tx`not exists (select from planned p where p.line = s.line)`
          : tx`exists (select from planned p where p.line = s.line and p.outcome = 'new')`
      }`;
}
