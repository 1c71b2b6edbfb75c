import type { Tx } from '../../db/tx.ts';

/** Ends live matches, whose records are free from now on. What takes their place comes with the next statement. */
export async function supersedeMatches(
  tx: Tx,
  { workspaceId, matchIds }: { workspaceId: string; matchIds: readonly string[] },
): Promise<void> {
  await tx`
    with ended as (
      update match set is_live = false
      where workspace_id = ${workspaceId} and match_id = any(${matchIds as string[]}::uuid[]) and is_live
      returning reconciliation_id, record_ids
    )
    update match_member m set is_live = false
    from ended
    cross join lateral unnest(ended.record_ids) as of_it (record_id)
    where m.workspace_id = ${workspaceId} and m.reconciliation_id = ended.reconciliation_id and m.is_live
      and m.record_id = of_it.record_id`;
}
