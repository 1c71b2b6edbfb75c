import type { Tx } from '../../db/tx.ts';

/** Closes exceptions whose difference vanished; the owner, if any, stays on the row as who had it last. */
export async function clearExceptions(
  tx: Tx,
  input: {
    workspaceId: string;
    runId: string;
    now: Date;
    rows: readonly { exceptionId: string; seq: bigint }[];
  },
): Promise<void> {
  if (input.rows.length === 0) return;
  await tx`
    update exception e
    set status = 'cleared', closed_at = ${input.now.toISOString()}::timestamptz, version = e.version + 1,
        run_id = ${input.runId}, last_seq = r.seq, wait_until_on = null, due_paused_at = null
    from unnest(${input.rows.map((row) => row.exceptionId)}::uuid[],
                ${input.rows.map((row) => String(row.seq))}::bigint[]) as r (exception_id, seq)
    where e.workspace_id = ${input.workspaceId} and e.exception_id = r.exception_id`;
}
