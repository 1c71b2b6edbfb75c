import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { learnChannelId, nextCursor, resolveAddress } from './address.ts';
import type { SenderContext } from './context.ts';
import type { Outcome } from './outcome.ts';

export type LookUp =
  | { readonly kind: 'found'; readonly channelId: string; readonly ts: string; readonly revision: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'no_answer'; readonly outcome: Exclude<Outcome, { kind: 'done' }> };

type SeenMessage = {
  readonly ts?: string;
  readonly user?: string;
  readonly metadata?: {
    readonly event_payload?: { readonly outbox_id?: unknown; readonly revision?: unknown };
  };
};

/** Clocks of the database and Slack may differ by this much before a message that is there goes unseen. */
const CLOCK_SLACK_S = 60;
const PAGES = 200;

/** Whether an earlier attempt's message stands in Slack, recognised by the outbox id in its metadata. */
export async function lookUp(context: SenderContext, message: Leased): Promise<LookUp> {
  const channel = await channelOf(context, message);
  if (typeof channel !== 'string') return { kind: 'no_answer', outcome: channel };
  const inThread = message.kind === 'reply' && message.card !== undefined;
  const method = inThread ? 'conversations.replies' : 'conversations.history';
  const oldest = (message.firstAttemptAt.getTime() / 1000 - CLOCK_SLACK_S).toFixed(6);
  let cursor = '';
  for (let page = 0; page < PAGES; page += 1) {
    const outcome = await context.call(method, {
      channel,
      ...(inThread ? { ts: message.card?.ts } : {}),
      oldest,
      limit: 200,
      include_all_metadata: true,
      ...(cursor === '' ? {} : { cursor }),
    });
    // The thread is gone, so no reply stands in it.
    if (inThread && outcome.kind === 'failed' && outcome.error === 'thread_not_found')
      return { kind: 'absent' };
    if (outcome.kind !== 'done') return { kind: 'no_answer', outcome };
    const found = findOurs(context, message, outcome.body);
    if (found) return { kind: 'found', channelId: channel, ...found };
    cursor = nextCursor(outcome.body);
    if (cursor === '') return { kind: 'absent' };
  }
  return { kind: 'no_answer', outcome: { kind: 'failed', error: `more than ${PAGES} pages of ${method}` } };
}

async function channelOf(
  context: SenderContext,
  message: Leased,
): Promise<string | Exclude<Outcome, { kind: 'done' }>> {
  if (message.kind === 'reply' && message.card) return message.card.channelId;
  const resolved = await resolveAddress(context, message.address);
  if (!resolved.ok) return resolved.outcome;
  if (resolved.to.isId) return resolved.to.channel;
  const learnt = await learnChannelId(context, message.address, resolved.to.channel);
  return learnt.ok ? learnt.to.channel : learnt.outcome;
}

function findOurs(
  { botUserId }: SenderContext,
  message: Leased,
  body: Readonly<Record<string, unknown>>,
): { ts: string; revision: number } | undefined {
  const seen = (Array.isArray(body.messages) ? body.messages : []) as SeenMessage[];
  for (const { ts, user, metadata } of seen) {
    if (ts === undefined || metadata?.event_payload?.outbox_id !== message.outboxId) continue;
    // Anybody may write metadata; only the app's own message is the one we posted.
    if (botUserId !== undefined && user !== undefined && user !== botUserId) continue;
    return { ts, revision: Number(metadata.event_payload.revision ?? 1) };
  }
  return undefined;
}
