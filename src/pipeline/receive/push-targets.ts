import type { FeedContract } from '../../core/contract.ts';
import type { Secrets } from '../../core/secrets.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { feedIds } from './feed-ids.sql.ts';
import type { PushTarget } from './receive.ts';

/** The feeds of a workspace that may be pushed to. */
export async function pushTargets(
  sql: Sql,
  {
    workspaceId,
    contracts,
    secretsOf,
  }: {
    workspaceId: string;
    contracts: Iterable<FeedContract>;
    secretsOf: (contract: FeedContract) => Secrets;
  },
): Promise<readonly PushTarget[]> {
  const ids = await inWorkspace(sql, workspaceId, (tx) => feedIds(tx, workspaceId));
  return [...contracts].flatMap((contract) => {
    const feedId = ids.get(contract.feed);
    if (contract.webhook === undefined || feedId === undefined) return [];
    return [{ workspaceId, feedId, contract, webhook: contract.webhook, secrets: secretsOf(contract) }];
  });
}
