import type { Tx } from '../tx.ts';
import type { Entered } from './bulk-row.ts';
import type { BulkKey } from './read-bulk.sql.ts';

/** Confirmed by whom it was asked of, with what they entered. A second confirmation changes nothing of the first. */
export async function confirmBulk(
  tx: Tx,
  { workspaceId, bulkId, personId, entered }: BulkKey & { personId: string; entered: Entered },
): Promise<void> {
  await tx`
    update bulk
    set confirmed_at = now(), entered = ${JSON.stringify(entered)}::text::jsonb
    where workspace_id = ${workspaceId} and bulk_id = ${bulkId} and person_id = ${personId} and confirmed_at is null`;
}
