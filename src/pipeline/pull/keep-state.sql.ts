import type { Tx } from '../../db/tx.ts';
import type { Position } from './read-http.ts';

export type NextState = {
  readonly workspaceId: string;
  readonly feedId: string;
  /** The version that was read; nothing is kept when it is not the recorded one any more. */
  readonly version: bigint;
  readonly cursor: string | undefined;
  readonly position: Position | undefined;
  readonly lastContent: string | undefined;
  readonly lastIdentity: string | undefined;
  readonly now: Date;
};

/** Keeps how far a feed was pulled, without a problem; false when another pull went on meanwhile. */
export async function keepState(tx: Tx, next: NextState): Promise<boolean> {
  const isOver = next.position === undefined;
  const { count } = await tx`
    insert into source_state as s (workspace_id, feed_id, cursor, position, last_content, last_identity, pulled_at)
    select ${next.workspaceId}::uuid, ${next.feedId}::uuid, ${next.cursor ?? null}::text,
           ${next.position === undefined ? null : tx.json(next.position)}::jsonb, ${next.lastContent ?? null}::text,
           ${next.lastIdentity ?? null}::text, case when ${isOver}::boolean then ${next.now}::timestamptz end
    on conflict on constraint source_state_pk do update
    set version = s.version + 1, cursor = excluded.cursor, position = excluded.position,
        last_content = coalesce(excluded.last_content, s.last_content),
        last_identity = coalesce(excluded.last_identity, s.last_identity),
        pulled_at = coalesce(excluded.pulled_at, s.pulled_at),
        failures = 0, problem_code = null, problem = null, failed_at = null, retry_at = null
    where s.version = ${next.version}`;
  return count === 1;
}
