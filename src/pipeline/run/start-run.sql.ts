import type { Reconciliation } from '../../core/spec.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { Tx } from '../../db/tx.ts';

/** A spec with the hash of its file, which names its version on the record. */
export type RunnableSpec = Reconciliation & Pick<Versioned, 'sha256'>;

export type RunMode = 'active' | 'shadow' | 'sandbox';

/** Writes that a run began, under the version of its spec that is being run. */
export async function startRun(
  tx: Tx,
  input: {
    workspaceId: string;
    runId: string;
    spec: RunnableSpec;
    mode: RunMode;
    cutoffAt: Date;
    now: Date;
  },
): Promise<{ reconciliationId: string }> {
  const [row] = await tx<{ reconciliation_id: string }[]>`
    insert into run (workspace_id, run_id, reconciliation_id, spec_version, mode, cutoff_at, status, started_at)
    select r.workspace_id, ${input.runId}, r.reconciliation_id, v.version, ${input.mode},
           ${input.cutoffAt.toISOString()}::timestamptz, 'running', ${input.now.toISOString()}::timestamptz
    from reconciliation r
    join spec_version v on v.workspace_id = r.workspace_id and v.reconciliation_id = r.reconciliation_id
    where r.workspace_id = ${input.workspaceId} and r.key = ${input.spec.key} and v.sha256 = ${input.spec.sha256}
    returning reconciliation_id`;
  if (!row)
    throw new Error(
      `this version of ${input.spec.key} is not in the database: apply the configuration first`,
    );
  return { reconciliationId: row.reconciliation_id };
}
