import type { Tx } from '../../db/tx.ts';

export type SourceState = {
  readonly feedId: string;
  /** 0 when the feed was never pulled. */
  readonly version: bigint;
  readonly cursor: string | null;
  readonly position: unknown;
  readonly lastContent: string | null;
  readonly lastIdentity: string | null;
  readonly pulledAt: Date | null;
  readonly failures: number;
  readonly problemCode: string | null;
  readonly problem: string | null;
  readonly retryAt: Date | null;
};

/** How far a feed was pulled; undefined when the feed is not on record. */
export async function readState(
  tx: Tx,
  { workspaceId, feed }: { workspaceId: string; feed: string },
): Promise<SourceState | undefined> {
  const [row] = await tx<SourceState[]>`
    select f.feed_id as "feedId", coalesce(s.version, 0) as version, s.cursor, s.position,
           s.last_content as "lastContent", s.last_identity as "lastIdentity", s.pulled_at as "pulledAt",
           coalesce(s.failures, 0) as failures, s.problem_code as "problemCode", s.problem,
           s.retry_at as "retryAt"
    from feed f
    left join source_state s on s.workspace_id = f.workspace_id and s.feed_id = f.feed_id
    where f.workspace_id = ${workspaceId} and f.key = ${feed}`;
  return row;
}
