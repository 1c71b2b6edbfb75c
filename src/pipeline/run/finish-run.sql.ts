import type { Tx } from '../../db/tx.ts';

/**
 * Writes how a run ended; a failed run is a row too, with its problem. A run that has ended keeps its ending: when the
 * answer to a commit was lost, the run may have been applied although its caller saw an error.
 */
export async function finishRun(
  tx: Tx,
  input: {
    workspaceId: string;
    runId: string;
    status: 'applied' | 'unchanged' | 'failed';
    planHash?: string;
    counts?: Readonly<Record<string, unknown>>;
    learnt?: Readonly<Record<string, unknown>>;
    problem?: string;
    endedAt: Date;
  },
): Promise<void> {
  await tx`
    update run
    set status = ${input.status}, plan_hash = ${input.planHash ?? null}, problem = ${input.problem ?? null},
        counts = ${input.counts ? JSON.stringify(input.counts) : null}::text::jsonb,
        learnt = ${input.learnt && Object.keys(input.learnt).length > 0 ? JSON.stringify(input.learnt) : null}::text::json,
        finished_at = ${input.endedAt.toISOString()}::timestamptz
    where workspace_id = ${input.workspaceId} and run_id = ${input.runId} and status = 'running'`;
}
