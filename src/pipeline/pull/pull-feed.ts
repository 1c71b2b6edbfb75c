import { Fault } from '../../core/fault.ts';
import { shownInstant } from '../../core/instant.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import type { DeliveryReport } from '../ingest/report.ts';
import { deliver, type Progress } from './deliver.ts';
import { failed } from './failed.ts';
import { httpSource } from './http-source.ts';
import type { PullRequest } from './pull-request.ts';
import { readState, type SourceState } from './read-state.sql.ts';
import { sqlSource } from './sql-source.ts';

/** What a pull brought. */
export type PullReport = {
  readonly feed: string;
  readonly deliveries: readonly DeliveryReport[];
  /** In words, from where on it asked. */
  readonly since: string | undefined;
  readonly records: number;
  readonly requests: number;
};

/** Batches of rows, each a line of JSON; what the pull has come to is in `progress` after each. */
export type Source = {
  readonly since: string | undefined;
  readonly batches: (progress: Progress) => AsyncGenerator<readonly string[]>;
  readonly requests: () => number;
};

/**
 * Asks a feed's source for what changed, and takes it in as one delivery or, when it is much, as several. How far it got is kept in
 * each delivery's own transaction: what breaks off goes on from there, and nothing enters twice.
 *
 * Throws: Fault of the source (`source_…`, `address_refused`, `pages_…`, `answer_…`) after noting it on the feed; what was taken in
 *         before stays, and the cursor with it. Fault('pull_overtaken') when another pull of the feed was faster.
 */
export async function pullFeed(sql: Sql, request: PullRequest): Promise<PullReport> {
  const state = await stateOf(sql, request);
  const { pull } = request;
  try {
    const source = pull.kind === 'http' ? httpSource(sql, request, state) : sqlSource(request, state);
    const { deliveries, records } = await deliver(sql, { request, state, source });
    return {
      feed: request.contract.feed,
      deliveries,
      since: source.since,
      records,
      requests: source.requests(),
    };
  } catch (error) {
    throw await failed(sql, { request, state, error });
  }
}

/** Whether `tieout run` should ask again: never asked, long enough ago, or in the middle of it. */
export async function isDue(sql: Sql, request: PullRequest): Promise<boolean> {
  const { pulledAt, position } = await stateOf(sql, request);
  const { everyMs } = request.pull;
  if (pulledAt === null || position !== null || everyMs === undefined) return true;
  return request.world.clock() - pulledAt.getTime() >= everyMs;
}

/** Throws the fault of the last pull, by the same code, while it is too early to try again by itself. */
export async function assertMayRetry(sql: Sql, request: PullRequest): Promise<void> {
  const { retryAt, problem, problemCode } = await stateOf(sql, request);
  if (retryAt === null || problemCode === null || retryAt.getTime() <= request.world.clock()) return;
  const when = shownInstant(retryAt.getTime());
  const message = `${problem} It is tried again after ${when}; "tieout ingest ${request.contract.feed}" tries it now.`;
  throw new Fault('source_resting', message, { retryable: true });
}

async function stateOf(sql: Sql, { workspaceId, contract }: PullRequest): Promise<SourceState> {
  const state = await inWorkspace(sql, workspaceId, (tx) =>
    readState(tx, { workspaceId, feed: contract.feed }),
  );
  if (state !== undefined) return state;
  throw new Fault(
    'feed_unknown',
    `Feed "${contract.feed}" is not in the database yet: apply the configuration first.`,
  );
}
