import type { Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { isOfFeeds, sideFeeds } from '../match/side-feeds.sql.ts';

type ListInput = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly spec: Reconciliation;
  readonly cutoffOn: string;
  /** Whether any record is dated after the cut-off. */
  readonly hasLater: boolean;
  /** Only what may have changed was looked at. */
  readonly isStirred: boolean;
};

/** Puts into `unpaired_record` the records that the run leaves without a match: writes what differs, and nothing twice. */
export async function listUnpaired(tx: Tx, input: ListInput): Promise<void> {
  const { workspaceId, reconciliationId, cutoffOn } = input;
  const feeds = await sideFeeds(tx, input);
  const later = tx`
    union
    select r.record_id
    from ${input.isStirred ? tx`stirred_record r` : tx`record r`}
    where r.workspace_id = ${workspaceId} and not r.is_removed and ${isOfFeeds(tx, feeds)}
      and r.occurred_on > ${cutoffOn}::date`;
  await tx`create temp table left_over (record_id uuid not null) on commit drop`;
  await tx`
    insert into left_over (record_id)
    select p.record_id from remainder p
    union
    select d.record_id from planned_duplicate d where d.nth > 1
    ${input.hasLater ? later : tx``}`;
  await tx`analyze left_over`;
  await tx`
    delete from unpaired_record u
    where u.workspace_id = ${workspaceId} and u.reconciliation_id = ${reconciliationId}
      and not exists (select from left_over l where l.record_id = u.record_id)`;
  await tx`
    insert into unpaired_record (workspace_id, reconciliation_id, record_id)
    select ${workspaceId}::uuid, ${reconciliationId}::uuid, l.record_id
    from left_over l
    where not exists (
      select from unpaired_record u
      where u.workspace_id = ${workspaceId} and u.reconciliation_id = ${reconciliationId} and u.record_id = l.record_id)
    order by l.record_id`;
}
