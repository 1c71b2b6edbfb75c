import type { Tx } from '../../db/tx.ts';

type Failure = {
  readonly workspaceId: string;
  readonly feedId: string;
  readonly code: string;
  readonly problem: string;
  readonly now: Date;
};

/**
 * Keeps that a pull failed, and when it is tried again by itself: after a minute, then twice as long each time, up to an hour.
 * Returns whether this problem is new, so that it is told once. What was pulled before stays as it is.
 */
export async function noteFailure(tx: Tx, failure: Failure): Promise<boolean> {
  const [row] = await tx<{ isNew: boolean }[]>`
    with before as (
      select s.problem_code from source_state s
      where s.workspace_id = ${failure.workspaceId} and s.feed_id = ${failure.feedId}
    )
    insert into source_state as s (workspace_id, feed_id, failures, problem_code, problem, failed_at, retry_at)
    values (${failure.workspaceId}, ${failure.feedId}, 1, ${failure.code}, ${failure.problem}, ${failure.now},
            ${failure.now}::timestamptz + interval '1 minute')
    on conflict on constraint source_state_pk do update
    set failures = s.failures + 1, problem_code = excluded.problem_code, problem = excluded.problem,
        failed_at = excluded.failed_at,
        retry_at = excluded.failed_at + least(interval '1 minute' * power(2, least(s.failures, 10)), interval '1 hour')
    returning coalesce((select problem_code from before), '') <> problem_code as "isNew"`;
  return row?.isNew ?? true;
}
