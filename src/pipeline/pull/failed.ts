import type { AuditedAction } from '../../core/audit.ts';
import { Fault } from '../../core/fault.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { noteFailure } from './note-failure.sql.ts';
import type { PullRequest } from './pull-request.ts';
import type { SourceState } from './read-state.sql.ts';

/** Faults that say something about the source; others are ours, or the database's. */
const OF_THE_SOURCE: ReadonlyMap<string, AuditedAction | undefined> = new Map([
  ['address_refused', 'connector.url_refused'],
  ['redirect_refused', 'connector.url_refused'],
  ['source_unauthorized', 'connector.auth_failed'],
  ['source_busy', undefined],
  ['source_failed', undefined],
  ['source_refuses', undefined],
  ['source_empty', undefined],
  ['host_unreachable', undefined],
  ['answer_late', undefined],
  ['answer_too_large', undefined],
  ['answer_unreadable', undefined],
  ['pages_repeat', undefined],
  ['pages_broken', undefined],
  ['lines_cut', undefined],
  ['watermark_missing', undefined],
  ['pull_too_large', undefined],
  ['pull_too_long', undefined],
]);

/** Notes on the feed that its source failed, once on the trail per kind of problem, and returns the error to throw on. */
export async function failed(
  sql: Sql,
  { request, state, error }: { request: PullRequest; state: SourceState; error: unknown },
): Promise<unknown> {
  if (!(error instanceof Fault) || !OF_THE_SOURCE.has(error.code)) return error;
  const { workspaceId, contract, world, secrets } = request;
  const problem = `Feed "${contract.feed}": ${secrets.hide(error.message)}`.slice(0, 1_000);
  await inWorkspace(sql, workspaceId, async (tx) => {
    const about = {
      workspaceId,
      feedId: state.feedId,
      code: error.code,
      problem,
      now: new Date(world.clock()),
    };
    const isNew = await noteFailure(tx, about);
    const action = OF_THE_SOURCE.get(error.code);
    if (action === undefined || !isNew) return;
    await appendAudit(tx, {
      workspaceId,
      facts: [
        {
          action,
          entity: 'feed',
          entityId: state.feedId,
          actor: { kind: 'program', name: 'pull' },
          reason: problem,
          data: { feed: contract.feed },
        },
      ],
    });
  });
  return new Fault(error.code, problem, { cause: error, retryable: error.retryable });
}
