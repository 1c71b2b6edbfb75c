import type { Tx } from '../../db/tx.ts';

/** Whether anything was ever delivered to a feed, whatever became of it. */
export async function hasDelivery(
  tx: Tx,
  { workspaceId, feed }: { workspaceId: string; feed: string },
): Promise<boolean> {
  const [row] = await tx<{ there: boolean }[]>`
    select exists (
      select from delivery d
      join feed f on f.workspace_id = d.workspace_id and f.feed_id = d.feed_id
      where f.workspace_id = ${workspaceId} and f.key = ${feed}
    ) as there`;
  return row?.there === true;
}
