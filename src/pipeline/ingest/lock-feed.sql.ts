import type { Tx } from '../../db/tx.ts';

export type FeedRow = {
  readonly feedId: string;
  readonly contractVersion: number;
  readonly sha256: string;
  /** A person wants deliveries with a breaking change held. */
  readonly holdsDrift: boolean;
};

/**
 * The feed with the contract version in force, locked until the transaction ends: two deliveries of one feed go one after
 * the other, of different feeds side by side. Undefined when there is no such feed.
 */
export async function lockFeed(
  tx: Tx,
  { workspaceId, feed }: { workspaceId: string; feed: string },
): Promise<FeedRow | undefined> {
  const [row] = await tx<FeedRow[]>`
    select f.feed_id as "feedId", f.contract_version as "contractVersion", c.sha256,
           f.holds_drift as "holdsDrift"
    from feed f
    join contract_version c
      on c.workspace_id = f.workspace_id and c.feed_id = f.feed_id and c.version = f.contract_version
    where f.workspace_id = ${workspaceId} and f.key = ${feed}
    for no key update of f`;
  return row;
}
