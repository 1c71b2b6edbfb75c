import type { Tx } from '../tx.ts';
import { type Bulk, type BulkRow, toBulk } from './bulk-row.ts';

export type BulkKey = { readonly workspaceId: string; readonly bulkId: string };

/** The bulk action; undefined when there is none, or none any more. */
export async function readBulk(tx: Tx, { workspaceId, bulkId }: BulkKey): Promise<Bulk | undefined> {
  const [row] = await tx<BulkRow[]>`
    select workspace_id, bulk_id, group_id, person_id, action, exception_ids, entered, confirmed_at, finished_at
    from bulk
    where workspace_id = ${workspaceId} and bulk_id = ${bulkId}`;
  return row && toBulk(row);
}
