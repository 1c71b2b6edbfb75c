import type { BulkAction } from '../../core/bulk.ts';
import type { Tx } from '../tx.ts';

/** What one person is asked to confirm. What nobody confirmed within a day, and what was done a month ago, goes. */
export async function insertBulk(
  tx: Tx,
  bulk: {
    workspaceId: string;
    bulkId: string;
    groupId: string;
    personId: string;
    action: BulkAction;
    exceptionIds: readonly string[];
  },
): Promise<void> {
  await tx`
    with outdated as (
      delete from bulk
      where workspace_id = ${bulk.workspaceId}
        and created_at < now() - case when confirmed_at is null then interval '1 day' else interval '30 days' end
        and (confirmed_at is null or finished_at is not null)
    )
    insert into bulk (workspace_id, bulk_id, group_id, person_id, action, exception_ids)
    values (${bulk.workspaceId}, ${bulk.bulkId}, ${bulk.groupId}, ${bulk.personId}, ${bulk.action},
      ${bulk.exceptionIds as string[]}::uuid[])`;
}
