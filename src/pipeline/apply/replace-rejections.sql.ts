import type { Tx } from '../../db/tx.ts';

/** Puts the planned candidates of the records in `changed_rejection` in the place of what was recorded. */
export async function replaceRejections(
  tx: Tx,
  { workspaceId, reconciliationId }: { workspaceId: string; reconciliationId: string },
): Promise<void> {
  await tx`
    delete from rejected_candidate c
    using changed_rejection changed
    where c.workspace_id = ${workspaceId} and c.reconciliation_id = ${reconciliationId}
      and c.record_id = changed.record_id`;
  await tx`
    insert into rejected_candidate (workspace_id, reconciliation_id, record_id, rank, candidate_id, pass, verdict, explained)
    select ${workspaceId}, ${reconciliationId}, p.record_id, p.rank, p.candidate_id, p.pass, p.verdict, p.explained::json
    from planned_rejection p
    join changed_rejection changed on changed.record_id = p.record_id`;
}
