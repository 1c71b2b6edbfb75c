import type { Tx } from '../../db/tx.ts';

/** The reconciliation of an exception, and up to when its last run looked. */
export type ExplainedPlace = {
  readonly reconciliationId: string;
  readonly reconciliation: string;
  readonly cutoffAt: Date;
};

/** Where the exception stands; undefined when there is none. */
export async function explainedPlace(
  tx: Tx,
  { workspaceId, exceptionId }: { workspaceId: string; exceptionId: string },
): Promise<ExplainedPlace | undefined> {
  const [row] = await tx<ExplainedPlace[]>`
    select r.reconciliation_id as "reconciliationId", r.key as reconciliation, u.cutoff_at as "cutoffAt"
    from exception e
    join reconciliation r on r.workspace_id = e.workspace_id and r.reconciliation_id = e.reconciliation_id
    join run u on u.workspace_id = e.workspace_id and u.reconciliation_id = e.reconciliation_id
      and u.mode = 'active' and u.status in ('applied', 'unchanged') and u.plan_hash <> ''
    where e.workspace_id = ${workspaceId} and e.exception_id = ${exceptionId}
    order by u.started_at desc, u.run_id desc
    limit 1`;
  return row;
}
