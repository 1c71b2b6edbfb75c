import type { Versioned } from '../../core/versioned.ts';
import type { Tx } from '../../db/tx.ts';

/** Records contracts never seen before as the next version of their feed; returns `feed` and `version` of each. */
export async function insertContractVersions(
  tx: Tx,
  {
    workspaceId,
    feeds,
    now,
  }: { workspaceId: string; feeds: readonly (Versioned & { feed: string })[]; now: Date },
): Promise<{ key: string; version: number }[]> {
  return tx<{ key: string; version: number }[]>`
    with recorded as (
      insert into contract_version (workspace_id, feed_id, version, sha256, body, recorded_at)
      select f.workspace_id, f.feed_id,
             1 + coalesce((select max(c.version) from contract_version c
                           where c.workspace_id = f.workspace_id and c.feed_id = f.feed_id), 0),
             w.sha256, w.body::json, ${now.toISOString()}::timestamptz
      from unnest(${feeds.map(({ feed }) => feed)}::text[], ${feeds.map(({ sha256 }) => sha256)}::text[],
                  ${feeds.map(({ body }) => body)}::text[]) as w (key, sha256, body)
      join feed f on f.workspace_id = ${workspaceId} and f.key = w.key
      on conflict (workspace_id, feed_id, sha256) do nothing
      returning feed_id, version
    )
    select f.key, r.version
    from recorded r
    join feed f on f.workspace_id = ${workspaceId} and f.feed_id = r.feed_id`;
}
