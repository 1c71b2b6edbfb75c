import type { Tx } from '../../db/tx.ts';

/** From the next run on the reconciliation goes by the version of the change, in place of the one it started from. */
export async function activateRule(
  tx: Tx,
  { workspaceId, changeId }: { workspaceId: string; changeId: string },
): Promise<void> {
  const rows = await tx`
    update reconciliation r
    set active_version = c.to_version
    from rule_change c
    where c.workspace_id = ${workspaceId} and c.change_id = ${changeId}
      and r.workspace_id = c.workspace_id and r.reconciliation_id = c.reconciliation_id
      and r.active_version = c.from_version
    returning r.key`;
  if (rows.length === 0) throw new Error(`rule change ${changeId} does not start from the active version`);
}
