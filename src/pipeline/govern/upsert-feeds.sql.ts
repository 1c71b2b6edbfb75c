import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';

/** Adds new feeds, which start with contract version 1, and renames sources; returns the keys of those that changed. */
export async function upsertFeeds(
  tx: Tx,
  { workspaceId, feeds }: { workspaceId: string; feeds: readonly { feed: string; source: string }[] },
): Promise<string[]> {
  const rows = await tx<{ key: string }[]>`
    insert into feed (workspace_id, feed_id, key, source, contract_version)
    select ${workspaceId}::uuid, w.feed_id, w.key, w.source, 1
    from unnest(${feeds.map(newId)}::uuid[], ${feeds.map(({ feed }) => feed)}::text[],
                ${feeds.map(({ source }) => source)}::text[]) as w (feed_id, key, source)
    on conflict (workspace_id, key) do update set source = excluded.source
      where feed.source <> excluded.source
    returning key`;
  return rows.map(({ key }) => key);
}
