import { remnantsIn } from '../../db/lanes/remnants.sql.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { idOf } from './address.ts';
import type { SenderContext } from './context.ts';
import { ourMessages } from './history.ts';
import { isFinal, type Outcome } from './outcome.ts';
import { troubleIn } from './trouble.ts';

export type Found = { readonly channelId: string; readonly ts: string; readonly revision: number };
export type LookUp =
  | ({ readonly kind: 'found' } & Found)
  | { readonly kind: 'absent' }
  | { readonly kind: 'no_answer'; readonly outcome: Exclude<Outcome, { kind: 'done' }> };

/** Whether an earlier attempt's message stands in Slack, recognised by the outbox id in its metadata. */
export async function lookUp(context: SenderContext, message: Leased): Promise<LookUp> {
  const at = await channelOf(context, message);
  if (!at.ok) return unanswered(at.outcome);
  const { channel } = at.to;
  const threadTs = message.kind === 'reply' ? (message.triedThreadTs ?? message.card?.ts) : undefined;
  const { sql, workspaceId } = context;
  const left = await inWorkspace(sql, workspaceId, (tx) => remnantsIn(tx, workspaceId, channel));
  for await (const page of ourMessages(context, { channel, threadTs, since: message.firstAttemptAt })) {
    if (!page.ok) {
      const answer = unanswered(page.outcome);
      return answer.kind === 'absent' && threadTs !== undefined
        ? await withoutStray(context, message, channel)
        : answer;
    }
    const found = page.messages.find(({ outboxId, ts }) => outboxId === message.outboxId && !left.has(ts));
    if (found) return { kind: 'found', channelId: channel, ts: found.ts, revision: found.revision };
  }
  return message.kind === 'reply' ? await withoutStray(context, message, channel) : { kind: 'absent' };
}

/** A reply whose card was deleted may have gone into the channel itself: it is taken away there before it comes again. */
async function withoutStray(context: SenderContext, message: Leased, channel: string): Promise<LookUp> {
  for await (const page of ourMessages(context, {
    channel,
    threadTs: undefined,
    since: message.firstAttemptAt,
  })) {
    if (!page.ok) return unanswered(page.outcome);
    const stray = page.messages.find(({ outboxId }) => outboxId === message.outboxId);
    if (!stray) continue;
    const removed = await context.call('chat.delete', { channel, ts: stray.ts });
    if (removed.kind === 'done' || removed.kind === 'gone') continue;
    // Where it cannot be taken away it stays, rather than stand twice.
    return isFinal(removed)
      ? { kind: 'found', channelId: channel, ts: stray.ts, revision: stray.revision }
      : { kind: 'no_answer', outcome: removed };
  }
  return { kind: 'absent' };
}

/** Where the attempt was made; a line of a release that did not keep that, where its card stands. */
const channelOf = (context: SenderContext, message: Leased) =>
  message.kind === 'reply' && message.card && message.triedThreadTs === undefined
    ? { ok: true as const, to: { channel: message.card.channelId } }
    : idOf(context, message.triedPlace);

/** In a thread or a channel that is not there for the app, nothing of ours can be seen by anybody it could be doubled for. */
function unanswered(outcome: Exclude<Outcome, { kind: 'done' }>): LookUp {
  const isThreadGone = outcome.kind === 'failed' && outcome.error === 'thread_not_found';
  const isPlaceGone = outcome.kind === 'undeliverable' && troubleIn(outcome.error) !== undefined;
  return isThreadGone || isPlaceGone ? { kind: 'absent' } : { kind: 'no_answer', outcome };
}
