import { Readable } from 'node:stream';
import { Fault } from '../../core/fault.ts';
import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/new-id.ts';
import { inWorkspace } from '../../db/tx.ts';
import type { Progress } from './deliver.ts';
import { httpSource } from './http-source.ts';
import type { PullRequest } from './pull-request.ts';
import { readState, type SourceState } from './read-state.sql.ts';
import { sqlSource } from './sql-source.ts';

/**
 * The first records that a feed's source gives, as lines of JSON, and no sign that they were asked for: the next pull begins where it would
 * have begun.
 *
 * Throws: as `pullFeed`. Fault('source_refuses') where the source gives a new refresh token with each exchange: that would have to be kept.
 */
export async function samplePull(sql: Sql, request: PullRequest, most: number): Promise<Readable> {
  const { pull, workspaceId, contract } = request;
  if (pull.kind === 'http' && pull.auth.kind === 'oauth' && pull.auth.rotates) throw rotating(contract.feed);
  const state = await inWorkspace(sql, workspaceId, (tx) =>
    readState(tx, { workspaceId, feed: contract.feed }),
  );
  const from = { ...(state ?? NEVER_PULLED()), position: null };
  const source = pull.kind === 'http' ? httpSource(sql, request, from) : sqlSource(request, from);
  const lines: string[] = [];
  const progress: Progress = { position: undefined, cursor: undefined };
  for await (const batch of source.batches(progress)) {
    lines.push(...batch.slice(0, most - lines.length).map((row) => `${row}\n`));
    if (lines.length >= most) break;
  }
  return Readable.from(lines.map((line) => Buffer.from(line)));
}

const NEVER_PULLED = (): SourceState => ({
  feedId: newId(),
  version: 0n,
  cursor: null,
  position: null,
  lastContent: null,
  lastIdentity: null,
  pulledAt: null,
  failures: 0,
  problemCode: null,
  problem: null,
  retryAt: null,
});

const rotating = (feed: string): Fault =>
  new Fault(
    'source_refuses',
    `The source of feed "${feed}" gives a new refresh token with each exchange, which must be kept, so that a dry run cannot ask it: ` +
      'try a file of its records (--file), or ask it without --dry-run.',
  );
