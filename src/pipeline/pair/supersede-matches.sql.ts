import type { Tx } from '../../db/tx.ts';

/** Ends live matches, whose records are free from now on. What takes their place comes with the next statement. */
export async function supersedeMatches(
  tx: Tx,
  { workspaceId, matchIds }: { workspaceId: string; matchIds: readonly string[] },
): Promise<void> {
  await tx`
    update match set is_live = false
    where workspace_id = ${workspaceId} and match_id = any(${matchIds as string[]}::uuid[])`;
  await tx`
    update match_member set is_live = false
    where workspace_id = ${workspaceId} and match_id = any(${matchIds as string[]}::uuid[])`;
}
