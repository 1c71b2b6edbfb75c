import { canonical } from '../../core/canonical.ts';
import type { RecordContent } from '../../core/edit.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * The record's next version, as a person says; what it was stays in its history. `edited_from` is what the source delivered:
 * delivered again, it is nothing new, and the edit stands.
 */
export async function putEdited(
  tx: Tx,
  edited: { workspaceId: string; recordId: string; content: RecordContent; contentHash: string },
): Promise<void> {
  const { workspaceId, recordId, content, contentHash } = edited;
  await tx`
    with kept as (
      insert into record_version (workspace_id, record_id, version, content_hash, revision, amount_minor, currency,
                                  occurred_on, client, order_ref, fields, delivery_id, line, is_removed)
      select r.workspace_id, r.record_id, r.version, r.content_hash, r.revision, r.amount_minor, r.currency,
             r.occurred_on, r.client, r.order_ref, r.fields, r.delivery_id, r.line, r.is_removed
      from record r
      where r.workspace_id = ${workspaceId} and r.record_id = ${recordId}
    )
    update record r
    set version = r.version + 1, content_hash = decode(${contentHash}, 'hex'),
        edited_from = coalesce(r.edited_from, r.content_hash), amount_minor = ${content.amountMinor?.toString() ?? null}::bigint,
        currency = ${content.currency ?? null}, occurred_on = ${content.occurredOn}::date, client = ${content.client ?? null},
        order_ref = ${content.orderRef ?? null}, fields = ${canonical({ ...content.fields })}
    where r.workspace_id = ${workspaceId} and r.record_id = ${recordId}`;
}
