import type { Tx } from '../../db/tx.ts';

/** Copies the versions that are about to be replaced into the history. */
export async function keepVersions(tx: Tx, { workspaceId }: { workspaceId: string }): Promise<void> {
  await tx`
    insert into record_version (workspace_id, record_id, version, content_hash, revision, amount_minor, currency,
                                occurred_on, client, order_ref, fields, delivery_id, line, is_removed)
    select r.workspace_id, r.record_id, r.version, r.content_hash, r.revision, r.amount_minor, r.currency,
           r.occurred_on, r.client, r.order_ref, r.fields, r.delivery_id, r.line,
           r.is_removed
    from planned p
    join record r on r.workspace_id = ${workspaceId} and r.record_id = p.known_id
    where p.outcome in ('changed', 'removed')`;
}
