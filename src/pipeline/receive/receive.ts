import { hash } from 'node:crypto';
import type { FeedContract } from '../../core/contract.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Secrets } from '../../core/secrets.ts';
import type { Webhook } from '../../core/webhook.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import type { EventStore } from './event-store.ts';
import { type PushedEvent, readPush } from './read-push.ts';
import { strictProblem } from './strict-problem.ts';
import { type Pushed, verify } from './verify.ts';

/** A feed that may be pushed to. */
export type PushTarget = {
  readonly workspaceId: string;
  readonly feedId: string;
  readonly contract: FeedContract;
  readonly webhook: Webhook;
  readonly secrets: Secrets;
};

/** The answer to a push that was taken: the same for the same push, however often it comes. */
export type Received = {
  /** `parked`: none of its events is of a type that the feed wants. */
  readonly status: 'stored' | 'parked';
  readonly events: readonly string[];
};

export type NotReceived = {
  readonly status: 400 | 401 | 403 | 409 | 413;
  readonly code: string;
  readonly detail: string;
};

/**
 * Takes a push in: its events are on the record, committed, when this returns. The same events again change nothing and get the same
 * answer; an event whose name is known with another content is refused.
 *
 * Throws: Fault of the database; the sender, who got no answer, sends again.
 */
export async function receive(
  { sql, store }: { sql: Sql; store: EventStore },
  targets: readonly PushTarget[],
  { push, now }: { push: Pushed; now: number },
): Promise<Result<Received, NotReceived>> {
  // What cannot be a push is not worth an HMAC.
  if (
    !/^[\s\uFEFF]*[{[]/.test(
      push.body
        .subarray(0, 64)
        .toString('latin1')
        .replace(/^\xEF\xBB\xBF/, ''),
    )
  ) {
    return refuse({ status: 400, code: 'not_json', detail: 'the body is no JSON object' });
  }
  for (const target of targets) {
    const { webhook, secrets } = target;
    const verified = verify(push, {
      webhook,
      secrets: webhook.secrets.map((secret) => secrets.fill(secret)),
      now,
    });
    if (verified === undefined) continue;
    const boundTo = webhook.only.map(({ path, value }) => ({ path, value: secrets.fill(value) }));
    const events = readPush(push, { webhook: { ...webhook, boundTo }, verified });
    if (events.ok) return await take(store, target, events.value);
    if (events.refusal.status === 403) await denied(sql, target, events.refusal.detail);
    return refuse(events.refusal);
  }
  const detail = 'no signature of this feed fits the request, or its time is too far from now';
  return refuse({ status: 401, code: 'signature_wrong', detail });
}

async function take(
  store: EventStore,
  target: PushTarget,
  events: readonly PushedEvent[],
): Promise<Result<Received, NotReceived>> {
  const { contract, webhook } = target;
  if (webhook.isStrict) {
    const problems = events
      .filter(({ isWanted }) => isWanted)
      .map(({ text }) => strictProblem(text, contract, webhook));
    const problem = problems.find((found) => found !== undefined);
    if (problem) return refuse(problem);
  }
  const isStored = await stored(store, target, events);
  if (!isStored) {
    const detail = 'an event of this name was received before, with another content';
    return refuse({ status: 409, code: 'event_differs', detail });
  }
  const isParked = events.length > 0 && events.every(({ isWanted }) => !isWanted);
  return accept({ status: isParked ? 'parked' : 'stored', events: events.map(({ id }) => id) });
}

/** False when one of the names is known with another content. */
async function stored(
  store: EventStore,
  { workspaceId, feedId }: PushTarget,
  events: readonly PushedEvent[],
): Promise<boolean> {
  const rows = events.map(({ id, type, text, isWanted }) => ({
    feedId,
    id,
    type: type ?? null,
    status: isWanted ? 'stored' : 'parked',
    body: Buffer.from(text),
    sha256: hash('sha256', text, 'hex'),
  }));
  return rows.length === 0 || (await store.put(workspaceId, rows));
}

async function denied(
  sql: Sql,
  { workspaceId, feedId, contract }: PushTarget,
  detail: string,
): Promise<void> {
  await inWorkspace(sql, workspaceId, (tx) =>
    appendAudit(tx, {
      workspaceId,
      facts: [
        {
          action: 'authz.denied',
          entity: 'feed',
          entityId: feedId,
          actor: { kind: 'program', name: 'webhook' },
          reason: detail,
          data: { feed: contract.feed },
        },
      ],
    }),
  );
}
