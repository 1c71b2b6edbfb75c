import { type Stray, straysAmong } from '../../db/lanes/strays.sql.ts';
import { pointAt } from '../../db/outbox/point-at.sql.ts';
import { type PostedPlace, postedLately } from '../../db/outbox/posted-lately.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { type SenderContext, settledMs } from './context.ts';
import { type OurMessage, ourMessages } from './history.ts';

export type Janitor = {
  /** Something was posted again after a look-up found nothing: looks once Slack has settled, and much later again. */
  readonly soon: () => void;
  readonly stop: () => void;
};

const WINDOW_MS = 3_600_000;
const ROUND_MS = 600_000;
/** In times of Slack's settling. */
const LOOKS = [1, 10] as const;

/**
 * Removes second copies: a post that Slack stored only after the settle window stands beside the one that was sent in
 * its place. The earliest stays. Soon after the start, every ten minutes and after each post in place of a lost one.
 */
export function startJanitor(context: SenderContext): Janitor {
  const pending = new Map<number, NodeJS.Timeout>();
  const wanted = new Set<number>();
  const look = () =>
    sweep(context).catch((error: unknown) =>
      context.logger.warn({ err: error }, 'cannot look for second copies; trying again in ten minutes'),
    );
  const schedule = (delayMs: number): void => {
    // One look serves all that were posted before its delay began.
    if (pending.has(delayMs)) {
      wanted.add(delayMs);
      return;
    }
    const timer = setTimeout(() => {
      pending.delete(delayMs);
      if (wanted.delete(delayMs)) schedule(delayMs);
      void look();
    }, delayMs);
    pending.set(delayMs, timer.unref());
  };
  const round = setInterval(() => void look(), ROUND_MS).unref();
  // For what a sender that was killed had posted again.
  schedule(settledMs(context) * LOOKS[1]);
  return {
    soon: () => {
      for (const times of LOOKS) schedule(settledMs(context) * times);
    },
    stop: () => {
      clearInterval(round);
      for (const timer of pending.values()) clearTimeout(timer);
    },
  };
}

/** Looks through everywhere something was posted within the hour, and leaves one copy of each message. */
export async function sweep(context: SenderContext): Promise<void> {
  const { sql, workspaceId } = context;
  const places = await inWorkspace(sql, workspaceId, (tx) => postedLately(tx, workspaceId, WINDOW_MS));
  for (const place of places) await tidy(context, place);
}

/** Leaves one copy of each message that stands in the place since then, and none of what stands elsewhere by the record. */
export async function tidy(context: SenderContext, place: PostedPlace): Promise<void> {
  const copies = new Map<string, OurMessage[]>();
  const stretch = { channel: place.channel_id, threadTs: place.thread_ts ?? undefined, since: place.since };
  for await (const page of ourMessages(context, stretch)) {
    if (!page.ok) return; // half a picture: the next round looks again
    for (const message of page.messages) {
      copies.set(message.outboxId, [...(copies.get(message.outboxId) ?? []), message]);
    }
  }
  for (const same of copies.values()) {
    if (same.length > 1) await keepEarliest(context, place.channel_id, same);
  }
  await removeStrays(context, place.channel_id, [...copies.values()].flat());
}

/** Takes away what stands elsewhere by the record; the copies of one message in this channel come back. */
export async function removeStrays(
  context: SenderContext,
  channelId: string,
  seen: readonly OurMessage[],
): Promise<readonly Stray[]> {
  const { sql, workspaceId, logger } = context;
  const messages = seen.map(({ outboxId, ts }) => ({ outboxId, ts }));
  const strays = await inWorkspace(sql, workspaceId, (tx) =>
    straysAmong(tx, { workspaceId, channelId, messages }),
  );
  for (const { ts } of strays.filter(({ isCopy }) => !isCopy)) {
    const outcome = await context.call('chat.delete', { channel: channelId, ts });
    logger.warn({ channelId, ts, outcome: outcome.kind }, 'removed a message that stands elsewhere by now');
  }
  return strays.filter(({ isCopy }) => isCopy);
}

async function keepEarliest(
  context: SenderContext,
  channel: string,
  copies: readonly OurMessage[],
): Promise<void> {
  const [kept, ...others] = [...copies].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  if (!kept) return;
  const { sql, workspaceId, logger } = context;
  // The record first: a sender that read the old place would otherwise find its message gone and post a third.
  const isOurs = await inWorkspace(sql, workspaceId, (tx) =>
    pointAt(tx, { workspaceId, channelId: channel, ...kept }),
  );
  if (!isOurs) return;
  for (const { ts, outboxId } of others) {
    const outcome = await context.call('chat.delete', { channel, ts });
    logger.warn({ outboxId, channel, ts, outcome: outcome.kind }, 'removed the second copy of a message');
  }
}
