import type { Versioned } from '../../core/versioned.ts';
import type { Tx } from '../../db/tx.ts';

/** Lets each feed be read by the version that the configuration states, also an earlier one; returns what moved. */
export async function pointFeeds(
  tx: Tx,
  { workspaceId, feeds }: { workspaceId: string; feeds: readonly (Versioned & { feed: string })[] },
): Promise<{ key: string; version: number }[]> {
  return tx<{ key: string; version: number }[]>`
    update feed f
    set contract_version = c.version
    from unnest(${feeds.map(({ feed }) => feed)}::text[], ${feeds.map(({ sha256 }) => sha256)}::text[])
      as w (key, sha256),
      contract_version c
    where f.workspace_id = ${workspaceId} and f.key = w.key
      and c.workspace_id = f.workspace_id and c.feed_id = f.feed_id and c.sha256 = w.sha256
      and f.contract_version <> c.version
    returning f.key, c.version`;
}
