import type { Sql } from '../../src/db/client.ts';
import { newId } from '../../src/db/new-id.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { appendAudit } from '../../src/pipeline/audit/append.sql.ts';
import { type LedgerRow, putRecords, type SeededWorkspace, toMatchRecord } from './ledger.ts';

export type Delivered = {
  /** Records that are new, or that are there and now hold this. */
  readonly rows: readonly LedgerRow[];
  /** Records that their source takes back. */
  readonly gone?: readonly LedgerRow[];
  /** `all`: as a delivery does it. `none`: as a feed's first does. */
  readonly lists?: 'all' | 'none';
};

/** Puts records on the record as a delivery does: earlier versions are kept, and the trail tells of it. */
export async function deliver(sql: Sql, workspace: SeededWorkspace, delivered: Delivered): Promise<void> {
  const { rows, gone = [], lists = 'all' } = delivered;
  const { workspaceId } = workspace;
  const [brought, taken] = [rows, gone].map((some) => some.map((row) => toMatchRecord(row).recordId));
  const ids = [...new Set([...(brought ?? []), ...(taken ?? [])])];
  await inWorkspace(sql, workspaceId, async (tx) => {
    await tx`
      insert into record_version (workspace_id, record_id, version, content_hash, revision, amount_minor, currency,
                                  occurred_on, client, order_ref, fields, delivery_id, line, is_removed)
      select workspace_id, record_id, version, content_hash, revision, amount_minor, currency, occurred_on, client,
             order_ref, fields, delivery_id, line, is_removed
      from record where record_id = any(${brought ?? []}::uuid[])`;
    await tx`
      update record set is_removed = true, version = version + 1 where record_id = any(${taken ?? []}::uuid[])`;
  });
  await putRecords(sql, workspace, rows);
  const deliveryId = newId();
  await inWorkspace(sql, workspaceId, async (tx) => {
    const changed = await tx`
      insert into changed_record (workspace_id, delivery_id, record_id)
      select workspace_id, ${deliveryId}, record_id from record
      where record_id = any(${ids}::uuid[]) and ${lists === 'all'}`;
    const count = lists === 'all' ? changed.count : ids.length;
    await tx`
      insert into delivery (workspace_id, delivery_id, feed_id, contract_version, checksum, name, bytes, status, rows_read,
        rows_new, rows_changed, rows_unchanged, rows_quarantined, rows_skipped, amounts, warnings)
      values (${workspaceId}, ${deliveryId}, ${workspace.feeds.expected}, 1, ${deliveryId}, 'later.csv', 0, 'accepted',
        ${count}, 0, ${count}, 0, 0, 0, '{}', '[]')`;
    await appendAudit(tx, {
      workspaceId,
      facts: [
        {
          action: 'delivery.accepted',
          entity: 'delivery',
          entityId: deliveryId,
          actor: { kind: 'program', name: 'test' },
        },
      ],
    });
  });
}
