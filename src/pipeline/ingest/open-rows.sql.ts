import type { Tx } from '../../db/tx.ts';
import type { KeptRow } from './read-delivery.ts';

/** So many rows at once are in memory, of a megabyte at most each. */
const AT_ONCE = 200;

/**
 * The next rows of a delivery that are kept out, behind a line, which reading again may mend. Rows that lost to another one were readable
 * all along; what the feed's policy keeps out stays out while its contract is the same.
 */
export async function openRows(
  tx: Tx,
  about: {
    workspaceId: string;
    deliveryId: string;
    after: number;
    mayBeCut: boolean;
    /** Its heading lacks a column that the contract reads. */
    lacksColumn: boolean;
    contractVersion: number;
  },
): Promise<readonly KeptRow[]> {
  const { workspaceId, deliveryId, after, mayBeCut, lacksColumn, contractVersion } = about;
  return await tx<KeptRow[]>`
    select q.line, q.raw, q.revision
    from quarantined_row q
    join delivery d on d.workspace_id = q.workspace_id and d.delivery_id = q.delivery_id
    where q.workspace_id = ${workspaceId} and q.delivery_id = ${deliveryId} and q.line > greatest(${after}::integer, 0)
      and q.reason not in ('superseded', 'older_delivery', 'older_revision')
      and (q.reason <> 'duplicate_key' or q.source_ref is null)
      and (q.reason <> 'row_unterminated' or not ${mayBeCut}::boolean)
      and (q.reason <> 'column_removed' or (d.contract_version <> ${contractVersion} and not ${lacksColumn}::boolean))
      and not exists (
        select from settled_row t
        where t.workspace_id = q.workspace_id and t.delivery_id = q.delivery_id and t.line = q.line
      )
    order by q.line
    limit ${AT_ONCE}`;
}
