import type { Tx } from '../../db/tx.ts';

/** Whether the exception is on an agenda and undecided; locked until the transaction ends. */
export async function isOnAgenda(
  tx: Tx,
  { workspaceId, exceptionId }: { workspaceId: string; exceptionId: string },
): Promise<boolean> {
  const rows = await tx`
    select from triage_item
    where workspace_id = ${workspaceId} and exception_id = ${exceptionId} and outcome is null
    for update`;
  return rows.length === 1;
}
