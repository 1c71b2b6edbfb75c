import type { PlaceTrouble } from '../../core/place.ts';
import { forgetMissing } from '../../db/lanes/forget-missing.sql.ts';
import { insertLines, lineOfDeleted } from '../../db/lanes/insert-lines.sql.ts';
import { markLeaving } from '../../db/lanes/mark-leaving.sql.ts';
import { type LanePlaces, placesOf } from '../../db/lanes/places-of.sql.ts';
import { cardsLeftBehind, settleRemnant } from '../../db/lanes/remnants.sql.ts';
import { type StandingCard, standingCards } from '../../db/lanes/standing-cards.sql.ts';
import { keepPatrol, type Patrol, takePatrol } from '../../db/lanes/take-patrol.sql.ts';
import { wakeSender } from '../../db/outbox/wake-sender.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { appendAudit } from '../../pipeline/audit/append.sql.ts';
import type { SenderContext } from './context.ts';
import { repostedFact } from './delivery-facts.ts';
import { clear } from './leave.ts';
import { lookThrough } from './look-through.ts';
import { stateOf } from './probe.ts';
import { loseChannel } from './trouble.ts';

const ROUND_MS = 60_000;
/** After Slack said that the app may not ask. */
const OFF_MS = 3_600_000;

/**
 * Looks after every lane whose turn it is, about once a minute: whether its channel still takes messages, whether each card
 * stands where it should, and whether somebody deleted one.
 */
export async function patrolLanes(context: SenderContext): Promise<void> {
  const { sql, workspaceId } = context;
  for (;;) {
    const patrol = await inWorkspace(sql, workspaceId, (tx) => takePatrol(tx, workspaceId, ROUND_MS));
    if (!patrol) return;
    await lookAfter(context, patrol);
  }
}

async function lookAfter(context: SenderContext, patrol: Patrol): Promise<void> {
  const { sql, workspaceId } = context;
  const { address } = patrol;
  const [places, cards] = await inWorkspace(sql, workspaceId, async (tx) => [
    await placesOf(tx, workspaceId, address),
    await standingCards(tx, workspaceId, address),
  ]);
  if (!places) return;
  const rest = await seeToHome(context, { address, places, cards });
  if (rest !== undefined) return await next(context, patrol, { before: undefined, restMs: rest });
  let before: string | undefined;
  for (const [channel, standing] of byChannel(cards)) {
    const isHome = channel === places.channel_id;
    const from = isHome ? patrol.before : undefined;
    const looked = await lookThrough(context, { channel, cards: standing, before: from });
    if (looked.kind === 'refused') {
      if (looked.trouble) {
        await abandon(context, { address, places, channel, trouble: looked.trouble });
        continue;
      }
      const restMs = looked.isOff ? OFF_MS : looked.waitMs;
      return await next(context, patrol, { before: patrol.before, restMs });
    }
    if (isHome) before = looked.next;
    await postAnew(context, channel, looked.missing);
  }
  await clearLeftBehind(context, address);
  await next(context, patrol, { before, restMs: 0 });
}

const next = (
  { sql, workspaceId }: SenderContext,
  { address }: Patrol,
  kept: { before: string | undefined; restMs: number },
): Promise<void> => inWorkspace(sql, workspaceId, (tx) => keepPatrol(tx, { workspaceId, address, ...kept }));

/** A lane that posts in its own channel: the channel must work, and all its cards be there. A number is a wait. */
async function seeToHome(
  context: SenderContext,
  { address, places, cards }: { address: string; places: LanePlaces; cards: readonly StandingCard[] },
): Promise<number | undefined> {
  const { channel_id: home, reason } = places;
  if (reason !== null || home === null || cards.length === 0) return undefined;
  const state = await stateOf(context, home);
  if (state.kind === 'unknown') {
    if (state.isOff) {
      context.logger.error(
        'Slack does not let the app ask about channels; cards that people delete come back at their next change. Check the scopes.',
      );
    }
    return state.isOff ? OFF_MS : state.waitMs;
  }
  if (state.kind === 'trouble') {
    await loseChannel(context, { address, place: address, channelId: home, trouble: state.trouble });
    return undefined;
  }
  if (cards.every(({ channelId }) => channelId === home)) return undefined;
  const { sql, workspaceId } = context;
  await inWorkspace(sql, workspaceId, async (tx) => {
    const moved = await markLeaving(tx, { workspaceId, address, to: home });
    if (moved > 0) await wakeSender(tx, workspaceId);
  });
  return undefined;
}

function byChannel(cards: readonly StandingCard[]): Map<string, StandingCard[]> {
  const channels = new Map<string, StandingCard[]>();
  for (const card of cards) {
    const known = channels.get(card.channelId);
    if (known) known.push(card);
    else channels.set(card.channelId, [card]);
  }
  return channels;
}

/** Cards stand in a channel that the app cannot look into. */
async function abandon(
  context: SenderContext,
  lost: { address: string; places: LanePlaces; channel: string; trouble: PlaceTrouble },
): Promise<void> {
  const { address, channel, trouble } = lost;
  const place = lost.places.stand_in ?? address;
  if (await loseChannel(context, { address, place, channelId: channel, trouble })) return;
  const { sql, workspaceId } = context;
  await inWorkspace(sql, workspaceId, (tx) => markLeaving(tx, { workspaceId, address, from: channel }));
}

async function postAnew(
  { sql, workspaceId, logger }: SenderContext,
  channelId: string,
  missing: readonly StandingCard[],
): Promise<void> {
  if (missing.length === 0) return;
  const tss = missing.map(({ ts }) => ts);
  const forgotten = await inWorkspace(sql, workspaceId, async (tx) => {
    const rows = await forgetMissing(tx, { workspaceId, channelId, tss });
    await insertLines(tx, workspaceId, rows.flatMap(lineOfDeleted));
    await wakeSender(tx, workspaceId);
    return rows;
  });
  // By itself: a press locks the trail first and then its card.
  const facts = forgotten.map((row) => repostedFact({ channelId, ...row }));
  await inWorkspace(sql, workspaceId, (tx) => appendAudit(tx, { workspaceId, facts }));
  logger.warn({ channelId, cards: forgotten.length }, 'cards were deleted in Slack; posting them anew');
}

/** What still looks like a card where none is any more becomes a pointer, as soon as Slack lets it be changed. */
async function clearLeftBehind(context: SenderContext, address: string): Promise<void> {
  const { sql, workspaceId } = context;
  const left = await inWorkspace(sql, workspaceId, (tx) => cardsLeftBehind(tx, workspaceId, address));
  for (const remnant of left) {
    const cleared = await clear(context, remnant, { address, to: remnant.nowIn });
    if (cleared.kind === 'refused') return; // the next round goes on
    if (cleared.remains === 'card') continue;
    const isGone = cleared.remains === undefined;
    await inWorkspace(sql, workspaceId, (tx) => settleRemnant(tx, { workspaceId, remnant, isGone }));
  }
}
