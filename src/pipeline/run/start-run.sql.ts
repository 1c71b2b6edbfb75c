import type { Tx } from '../../db/tx.ts';

export type RunMode = 'active' | 'shadow' | 'sandbox';

/** Writes that a run began, under the newest version of its spec. */
export async function startRun(
  tx: Tx,
  input: {
    workspaceId: string;
    runId: string;
    reconciliation: string;
    mode: RunMode;
    cutoffAt: Date;
    now: Date;
  },
): Promise<{ reconciliationId: string }> {
  const [row] = await tx<{ reconciliation_id: string }[]>`
    insert into run (workspace_id, run_id, reconciliation_id, spec_version, mode, cutoff_at, status, started_at)
    select r.workspace_id, ${input.runId}, r.reconciliation_id, max(v.version), ${input.mode},
           ${input.cutoffAt.toISOString()}::timestamptz, 'running', ${input.now.toISOString()}::timestamptz
    from reconciliation r
    join spec_version v on v.workspace_id = r.workspace_id and v.reconciliation_id = r.reconciliation_id
    where r.workspace_id = ${input.workspaceId} and r.key = ${input.reconciliation}
    group by r.workspace_id, r.reconciliation_id
    returning reconciliation_id`;
  if (!row)
    throw new Error(
      `reconciliation ${input.reconciliation} is not in the database: apply the configuration first`,
    );
  return { reconciliationId: row.reconciliation_id };
}
