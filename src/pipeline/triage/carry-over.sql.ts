import type { Tx } from '../../db/tx.ts';

/** What earlier meetings left undecided is on the next agenda, and on theirs no more. Returns how many items that were. */
export async function carryOver(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<number> {
  const { count } = await tx`
    update triage_item set outcome = 'carried', decided_at = ${now.toISOString()}::timestamptz
    where workspace_id = ${workspaceId} and outcome is null`;
  return count;
}
