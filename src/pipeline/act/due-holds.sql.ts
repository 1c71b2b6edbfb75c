import type { Tx } from '../../db/tx.ts';
import { MOST_SWEPT } from './most-swept.ts';

/** Open holds whose time by policy is over, the longest overdue first. */
export async function dueHolds(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<string[]> {
  const rows = await tx<{ hold_id: string }[]>`
    select hold_id
    from hold
    where workspace_id = ${workspaceId} and state = 'open' and expires_at <= ${now.toISOString()}::timestamptz
    order by expires_at, hold_id
    limit ${MOST_SWEPT}`;
  return rows.map((row) => row.hold_id);
}
