import type { Tx } from '../../db/tx.ts';

/** Where an exception stands: its reconciliation, and the run whose state decisions amend. */
export type PairPlace = {
  readonly reconciliationId: string;
  readonly reconciliation: string;
  readonly runId: string;
  readonly cutoffAt: Date;
};

/** Where the exception stands; undefined when there is none. The run is the last one that looked at all records. */
export async function pairPlace(
  tx: Tx,
  { workspaceId, exceptionId }: { workspaceId: string; exceptionId: string },
): Promise<PairPlace | undefined> {
  const [row] = await tx<PairPlace[]>`
    select r.reconciliation_id as "reconciliationId", r.key as reconciliation, u.run_id as "runId", u.cutoff_at as "cutoffAt"
    from exception e
    join reconciliation r on r.workspace_id = e.workspace_id and r.reconciliation_id = e.reconciliation_id
    join run u on u.workspace_id = e.workspace_id and u.reconciliation_id = e.reconciliation_id
      and u.mode = 'active' and u.status in ('applied', 'unchanged') and u.plan_hash <> ''
    where e.workspace_id = ${workspaceId} and e.exception_id = ${exceptionId}
    order by u.started_at desc, u.run_id desc
    limit 1`;
  return row;
}
