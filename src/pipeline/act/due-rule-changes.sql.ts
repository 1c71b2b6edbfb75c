import type { Tx } from '../../db/tx.ts';
import { MOST_SWEPT } from './most-swept.ts';

/** Changes that were to be decided by now, the longest overdue first. */
export async function dueRuleChanges(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<string[]> {
  const rows = await tx<{ change_id: string }[]>`
    select change_id
    from rule_change
    where workspace_id = ${workspaceId} and state = 'pending' and expires_at <= ${now.toISOString()}::timestamptz
    order by expires_at, change_id
    limit ${MOST_SWEPT}`;
  return rows.map((row) => row.change_id);
}
