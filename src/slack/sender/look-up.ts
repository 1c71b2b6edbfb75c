import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { learnChannelId, resolveAddress } from './address.ts';
import type { SenderContext } from './context.ts';
import { ourMessages } from './history.ts';
import type { Outcome } from './outcome.ts';

export type LookUp =
  | { readonly kind: 'found'; readonly channelId: string; readonly ts: string; readonly revision: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'no_answer'; readonly outcome: Exclude<Outcome, { kind: 'done' }> };

/** Whether an earlier attempt's message stands in Slack, recognised by the outbox id in its metadata. */
export async function lookUp(context: SenderContext, message: Leased): Promise<LookUp> {
  const channel = await channelOf(context, message);
  if (typeof channel !== 'string') return { kind: 'no_answer', outcome: channel };
  const threadTs = message.kind === 'reply' ? message.card?.ts : undefined;
  for await (const page of ourMessages(context, { channel, threadTs, since: message.firstAttemptAt })) {
    if (!page.ok) {
      // The thread is gone, so no reply stands in it.
      const isGone = page.outcome.kind === 'failed' && page.outcome.error === 'thread_not_found';
      return isGone ? { kind: 'absent' } : { kind: 'no_answer', outcome: page.outcome };
    }
    const found = page.messages.find(({ outboxId }) => outboxId === message.outboxId);
    if (found) return { kind: 'found', channelId: channel, ts: found.ts, revision: found.revision };
  }
  return { kind: 'absent' };
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
