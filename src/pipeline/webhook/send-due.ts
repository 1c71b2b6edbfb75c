import { judgeAttempt, type Verdict } from '../../core/webhook-endpoint.ts';
import { messageBody, messageLabel } from '../../core/webhook-message.ts';
import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/new-id.ts';
import { inWorkspace } from '../../db/tx.ts';
import { attempt, type Sending } from './attempt.ts';
import { recordAttempt } from './record-attempt.sql.ts';
import { type LeasedMessage, takeMessages } from './take-messages.sql.ts';

/** So many requests to one endpoint at once, per process. */
const AT_ONCE = 8;
/** What a lease lasts beyond the longest attempt: time to write down what it came to. */
const MARGIN_MS = 15_000;

export type SendOptions = Sending & {
  readonly workspaceId: string;
  readonly clock: () => Date;
  /** From 0 to below 1. */
  readonly chance: () => number;
};

/** What one attempt came to, for the log. */
export type SentOnce = {
  readonly message: string;
  readonly kind: string;
  readonly attempts: number;
  readonly verdict: Verdict;
  readonly status: number | undefined;
  readonly problem: string | undefined;
};

/**
 * Sends the endpoint's next messages, at most eight, each once; returns what became of them.
 *
 * Shape:  leased in one transaction, sent in none, recorded each in its own. Whoever dies in between leaves a lease that
 *         runs out: the message is sent again, under the same id.
 */
export async function sendDue(sql: Sql, options: SendOptions): Promise<readonly SentOnce[]> {
  const { workspaceId, endpoint, clock } = options;
  const leaseId = newId();
  const now = clock();
  const until = new Date(now.getTime() + endpoint.timeoutMs + MARGIN_MS);
  const terms = { workspaceId, endpoint: endpoint.key, leaseId, now, until, most: AT_ONCE };
  const leased = await inWorkspace(sql, workspaceId, (tx) => takeMessages(tx, terms));
  return await Promise.all(leased.map((message) => sendOne(sql, message, { ...options, leaseId })));
}

async function sendOne(
  sql: Sql,
  { messageId, attempts, told }: LeasedMessage,
  options: SendOptions & { readonly leaseId: string },
): Promise<SentOnce> {
  const { workspaceId, leaseId, clock, chance } = options;
  const message = messageLabel(messageId);
  const made = await attempt({ id: message, body: messageBody(told), at: clock() }, options);
  const verdict = judgeAttempt(made, { attempts, chance: chance() });
  const { status, problem } = made;
  await inWorkspace(sql, workspaceId, (tx) =>
    recordAttempt(tx, { workspaceId, messageId, leaseId, verdict, status, problem, now: clock() }),
  );
  return { message, kind: told.kind, attempts, verdict, status, problem };
}
