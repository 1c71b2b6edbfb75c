import type { PlaceTrouble } from '../../core/place.ts';
import type { StandingCard } from '../../db/lanes/standing-cards.sql.ts';
import type { SenderContext } from './context.ts';
import { readMessages } from './history.ts';
import { removeStrays, tidy } from './janitor.ts';
import type { Refused } from './settle.ts';
import { troubleIn } from './trouble.ts';

export type Looked =
  | {
      readonly kind: 'looked';
      /** Cards that are not in the channel any more. */
      readonly missing: readonly StandingCard[];
      /** Where the next look goes on into the past; undefined when everything was seen. */
      readonly next: string | undefined;
    }
  | {
      readonly kind: 'refused';
      readonly trouble: PlaceTrouble | undefined;
      readonly waitMs: number;
      readonly isOff: boolean;
    };

type Stretch = {
  readonly channel: string;
  /** Newest first. */
  readonly cards: readonly StandingCard[];
  readonly before: string | undefined;
};

/** Calls of one look, and cards that one look asks about singly: Slack's history allows about fifty calls a minute. */
const PAGES = 5;
const SINGLY = 10;
const PAGE = 200;
const WAIT_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * Compares a channel with the cards that should stand in it, from `before` back, for a few pages; a copy that stands there
 * against the record is removed.
 *
 * What a page does not show between its ends is asked for by itself before it counts as missing: somebody may have
 * changed the channel while it was paged through.
 */
export async function lookThrough(context: SenderContext, stretch: Stretch): Promise<Looked> {
  const { channel, cards } = stretch;
  const oldest = lookBack(cards);
  const missing: StandingCard[] = [];
  let latest = stretch.before;
  for (let page = 0; page < PAGES; page += 1) {
    const outcome = await context.call('conversations.history', {
      channel,
      oldest,
      inclusive: true,
      limit: PAGE,
      include_all_metadata: true,
      ...(latest === undefined ? {} : { latest }),
    });
    if (outcome.kind !== 'done') return refusedBy(outcome);
    const seen = messagesOf(outcome.body);
    await tidyUp(context, channel, outcome.body);
    const last = seen.at(-1)?.ts;
    const hasMore = outcome.body.has_more === true && last !== undefined;
    const between = cards.filter(
      ({ ts }) => (latest === undefined || ts <= latest) && (!hasMore || ts >= (last ?? '')),
    );
    const shown = new Set(seen.filter(({ isGone }) => !isGone).map(({ ts }) => ts));
    missing.push(...between.filter(({ ts }) => !shown.has(ts)));
    if (!hasMore) return await confirmed(context, stretch, { missing, next: undefined });
    latest = last;
    if (missing.length >= SINGLY) break;
  }
  return await confirmed(context, stretch, { missing, next: latest });
}

/** To the oldest card, and at least over the hour in which a post may have come late. */
function lookBack(cards: readonly StandingCard[]): string {
  const anHourAgo = ((Date.now() - HOUR_MS) / 1_000).toFixed(6);
  const oldest = cards.at(-1)?.ts ?? anHourAgo;
  return oldest < anHourAgo ? oldest : anHourAgo;
}

type Suspected = { readonly missing: readonly StandingCard[]; readonly next: string | undefined };

async function confirmed(
  context: SenderContext,
  { channel }: Stretch,
  { missing, next }: Suspected,
): Promise<Looked> {
  const gone: StandingCard[] = [];
  for (const card of missing.slice(0, SINGLY)) {
    const { ts } = card;
    const outcome = await context.call('conversations.history', {
      channel,
      latest: ts,
      oldest: ts,
      inclusive: true,
      limit: 1,
    });
    if (outcome.kind !== 'done') break; // the next look asks again
    if (!messagesOf(outcome.body).some((seen) => seen.ts === ts && !seen.isGone)) gone.push(card);
  }
  return { kind: 'looked', missing: gone, next };
}

/** A deleted message with replies stays as a tombstone. */
function messagesOf(body: Readonly<Record<string, unknown>>): { ts: string; isGone: boolean }[] {
  const seen = (Array.isArray(body.messages) ? body.messages : []) as { ts?: string; subtype?: string }[];
  return seen.flatMap(({ ts, subtype }) =>
    ts === undefined ? [] : [{ ts, isGone: subtype === 'tombstone' }],
  );
}

async function tidyUp(
  context: SenderContext,
  channel: string,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  const copies = await removeStrays(context, channel, readMessages(context, body));
  if (copies.length === 0) return;
  const since = new Date(Math.min(...copies.map(({ ts }) => Number(ts) * 1_000)));
  await tidy(context, { channel_id: channel, thread_ts: null, since });
}

const refusedBy = (outcome: Refused): Looked => ({
  kind: 'refused',
  trouble: outcome.kind === 'undeliverable' ? troubleIn(outcome.error) : undefined,
  waitMs: outcome.kind === 'rate_limited' ? outcome.waitMs : WAIT_MS,
  isOff: outcome.kind === 'shut_out',
});
