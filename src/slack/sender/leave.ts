import { insertLines } from '../../db/lanes/insert-lines.sql.ts';
import { recordLeft, recordStays } from '../../db/lanes/record-left.sql.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { AS_WRITTEN } from '../as-written.ts';
import { renderPointer } from '../views/delivery.ts';
import { idOf } from './address.ts';
import { leaseMs, type SenderContext } from './context.ts';
import { isFinal } from './outcome.ts';
import { keyOf, type Refused, record } from './settle.ts';

/** What became of leaving: the card as it stands now, or a call that did not work out. */
export type LeftCard =
  | { readonly kind: 'left'; readonly message: Leased }
  | { readonly kind: 'refused'; readonly outcome: Refused }
  | { readonly kind: 'lease_over' };

/**
 * The card gives up where it stands, and goes to where its lane posts: first nothing can be pressed there any more, then it
 * is posted, so that there are never two. It keeps its message when it comes back to a channel it was in.
 */
export async function leave(context: SenderContext, message: Leased): Promise<LeftCard> {
  const { posted } = message;
  if (!posted) throw new Error(`outbox ${message.outboxId}: only a posted card leaves`);
  const to = await idOf(context, message.place);
  if (!to.ok) return { kind: 'refused', outcome: to.outcome };
  const channelId = to.to.channel;
  if (channelId === posted.channelId) {
    await record(context, (tx) => recordStays(tx, keyOf(context, message)));
    return { kind: 'left', message: { ...message, isLeaving: false, sentRevision: 0 } };
  }
  const cleared = await clear(context, posted, { address: message.address, to: channelId });
  if (cleared.kind === 'refused') return cleared;
  const left = await record(context, async (tx) => {
    const recorded = await recordLeft(tx, keyOf(context, message), {
      from: posted,
      remains: cleared.remains,
      to: channelId,
      place: message.place,
      leaseMs: leaseMs(context),
    });
    if (recorded !== undefined) await tellThread(context, tx, message);
    return recorded;
  });
  if (left === undefined) return { kind: 'lease_over' };
  const now = left === 'anew' ? undefined : { channelId, ts: left.takes };
  return {
    kind: 'left',
    message: { ...message, isLeaving: false, sentRevision: 0, posted: now, attempts: 1 },
  };
}

type Cleared =
  | { readonly kind: 'cleared'; readonly remains: 'pointer' | 'card' | undefined }
  | { readonly kind: 'refused'; readonly outcome: Refused };

/**
 * Makes a card that stands somewhere a pointer to another channel; where it cannot be changed it is removed, and where it
 * cannot even be removed it remains as it is.
 */
export async function clear(
  context: SenderContext,
  card: { channelId: string; ts: string },
  { address, to }: { address: string; to: string },
): Promise<Cleared> {
  const reader = await context.reader(address);
  const isDirect = to.startsWith('D');
  const pointer = renderPointer(reader, { label: undefined, channelId: isDirect ? undefined : to });
  const updated = await context.call('chat.update', {
    channel: card.channelId,
    ts: card.ts,
    ...pointer,
    // Not a card any more: neither a look-up nor the janitor may take it for one.
    metadata: { event_type: 'tieout_moved', event_payload: { to } },
    ...AS_WRITTEN,
  });
  if (updated.kind === 'done') return { kind: 'cleared', remains: 'pointer' };
  if (updated.kind === 'gone') return { kind: 'cleared', remains: undefined };
  if (!isFinal(updated)) return { kind: 'refused', outcome: updated };
  const removed = await context.call('chat.delete', { channel: card.channelId, ts: card.ts });
  if (removed.kind === 'done' || removed.kind === 'gone') return { kind: 'cleared', remains: undefined };
  if (!isFinal(removed)) return { kind: 'refused', outcome: removed };
  return { kind: 'cleared', remains: 'card' };
}

async function tellThread({ workspaceId }: SenderContext, tx: Tx, message: Leased): Promise<void> {
  const { exceptionId, posted } = message;
  if (exceptionId === undefined || !posted) return;
  const line = { delivery: 'moved', from: posted.channelId, trouble: message.laneTrouble ?? null } as const;
  await insertLines(tx, workspaceId, [{ exceptionId, ts: posted.ts, line }]);
}
