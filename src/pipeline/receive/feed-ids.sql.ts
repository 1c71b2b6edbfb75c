import type { Tx } from '../../db/tx.ts';

/** The ids of a workspace's feeds by name. */
export async function feedIds(tx: Tx, workspaceId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx<{ key: string; feedId: string }[]>`
    select f.key, f.feed_id as "feedId" from feed f where f.workspace_id = ${workspaceId}`;
  return new Map(rows.map(({ key, feedId }) => [key, feedId]));
}
