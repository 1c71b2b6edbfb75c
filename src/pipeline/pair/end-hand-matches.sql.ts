import type { Tx } from '../../db/tx.ts';

/** Matches by hand stand no longer: they were taken apart, or another took their place. */
export async function endHandMatches(
  tx: Tx,
  input: { workspaceId: string; handMatchIds: readonly string[]; personId: string; now: Date },
): Promise<void> {
  const ids = input.handMatchIds as string[];
  if (ids.length === 0) return;
  await tx`
    update hand_match set ended_at = ${input.now.toISOString()}::timestamptz, ended_by = ${input.personId}
    where workspace_id = ${input.workspaceId} and hand_match_id = any(${ids}::uuid[])`;
  await tx`
    update hand_match_member set is_standing = false
    where workspace_id = ${input.workspaceId} and hand_match_id = any(${ids}::uuid[])`;
}
