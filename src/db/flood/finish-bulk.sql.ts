import type { Tx } from '../tx.ts';
import type { BulkKey } from './read-bulk.sql.ts';

/** Every exception of it was tried. True for whoever says so first. */
export async function finishBulk(tx: Tx, { workspaceId, bulkId }: BulkKey): Promise<boolean> {
  const rows = await tx`
    update bulk
    set finished_at = now()
    where workspace_id = ${workspaceId} and bulk_id = ${bulkId} and finished_at is null
    returning bulk_id`;
  return rows.length === 1;
}
