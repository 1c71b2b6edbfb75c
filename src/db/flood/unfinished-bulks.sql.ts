import type { Tx } from '../tx.ts';

/** Confirmed at least that long ago and not done: whoever was at it is gone, or very slow. */
export async function unfinishedBulks(
  tx: Tx,
  { workspaceId, olderThanMs }: { workspaceId: string; olderThanMs: number },
): Promise<string[]> {
  const rows = await tx<{ bulk_id: string }[]>`
    select bulk_id
    from bulk
    where workspace_id = ${workspaceId} and finished_at is null
      and confirmed_at <= now() - ${olderThanMs} * interval '1 millisecond'
    order by confirmed_at, bulk_id
    limit 20`;
  return rows.map((row) => row.bulk_id);
}
