import type { Tx } from '../tx.ts';

/**
 * Nobody else decides the change, and nobody proposes another one of its reconciliation, until the transaction ends.
 * False when there is no such change. What it says is read afterwards: this statement saw it before it got the lock.
 */
export async function lockChange(
  tx: Tx,
  { workspaceId, changeId }: { workspaceId: string; changeId: string },
): Promise<boolean> {
  const rows = await tx`
    select c.change_id
    from rule_change c
    join reconciliation r on r.workspace_id = c.workspace_id and r.reconciliation_id = c.reconciliation_id
    where c.workspace_id = ${workspaceId} and c.change_id = ${changeId}
    for update of r, c`;
  return rows.length === 1;
}
