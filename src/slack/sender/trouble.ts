import { type PlaceTrouble, placeAfter, placesInOrder, troubleOf } from '../../core/place.ts';
import { healLane } from '../../db/lanes/heal-lane.sql.ts';
import { losePlace } from '../../db/lanes/lose-place.sql.ts';
import { markCardLeaving, markLeaving } from '../../db/lanes/mark-leaving.sql.ts';
import { type LanePlaces, placesOf } from '../../db/lanes/places-of.sql.ts';
import { retryDead } from '../../db/lanes/retry-dead.sql.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { wakeSender } from '../../db/outbox/wake-sender.sql.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { appendAudit } from '../../pipeline/audit/append.sql.ts';
import { idOf, NO_ACCOUNT, NO_CHANNEL } from './address.ts';
import type { SenderContext } from './context.ts';
import { reroutedFact } from './delivery-facts.ts';

const FIRST_PROBE_MS = 30_000;

/** What an undelivered message says about the place it was for; undefined when it lies with the message. */
export function troubleIn(error: string): PlaceTrouble | undefined {
  if (error.startsWith(NO_CHANNEL)) return 'not_found';
  if (error.endsWith(NO_ACCOUNT)) return 'no_account';
  return troubleOf(error);
}

/**
 * A message of a team could not be delivered because of where it was to go. Returns true when it is to be tried again at the
 * next place; false when the place is not at fault, or there is no other.
 */
export async function elsewhere(context: SenderContext, message: Leased, error: string): Promise<boolean> {
  const trouble = troubleIn(error);
  if (trouble === undefined || !message.address.startsWith('team:')) return false;
  const standing = message.kind === 'reply' ? message.card : message.posted;
  if (!standing) {
    await loseLanePlace(context, { address: message.address, lost: message.place, trouble });
    return true;
  }
  // Not where the lane posts by now: this card alone stands wrongly, and the rest was seen to.
  const outboxId = message.kind === 'reply' ? (message.card?.outboxId ?? '') : message.outboxId;
  const card = { outboxId, channelId: standing.channelId };
  const isLost = await loseChannel(context, {
    address: message.address,
    place: message.place,
    channelId: standing.channelId,
    trouble,
  });
  if (!isLost) {
    const { sql, workspaceId } = context;
    await inWorkspace(sql, workspaceId, (tx) => markCardLeaving(tx, { workspaceId, ...card }));
  }
  return true;
}

/** The channel takes no messages. When that is where the lane posts, it posts elsewhere from now on: true. */
export async function loseChannel(
  context: SenderContext,
  lost: { address: string; place: string; channelId: string; trouble: PlaceTrouble },
): Promise<boolean> {
  const { address, place, channelId, trouble } = lost;
  const at = await idOf(context, place);
  if (at.ok ? at.to.channel !== channelId : at.outcome.kind !== 'undeliverable') return false;
  await loseLanePlace(context, { address, lost: place, trouble, channelId });
  return true;
}

type Lost = {
  readonly address: string;
  readonly lost: string;
  readonly trouble: PlaceTrouble;
  /** The channel behind the place, where cards may stand; undefined when nothing was ever posted there. */
  readonly channelId?: string;
};

/** The lane goes on to its next place with all its live cards; whoever can mend it is told, once per trouble. */
async function loseLanePlace(
  context: SenderContext,
  { address, lost, trouble, channelId }: Lost,
): Promise<void> {
  const { sql, workspaceId, logger } = context;
  const standIn = await inWorkspace(sql, workspaceId, async (tx) => {
    const places = await placesOf(tx, workspaceId, address);
    if (!places) throw new Error(`${address} is no team, and a message of it was sent`);
    const next = placeAfter(placesInOrder(address, places), lost) ?? null;
    const terms = { workspaceId, address, lost, reason: trouble, standIn: next, probeMs: FIRST_PROBE_MS };
    const since = await losePlace(tx, terms);
    if (!since) return undefined;
    const to = next ?? 'nowhere';
    // Before the cards: a press locks the trail first, too, and then its card.
    const rerouted = reroutedFact(workspaceId, { address, reason: trouble, to });
    await appendAudit(tx, { workspaceId, facts: [rerouted] });
    const from = channelId ?? (lost === address ? (places.channel_id ?? undefined) : undefined);
    if (from !== undefined) await markLeaving(tx, { workspaceId, address, from });
    if (since.isNew) await tellLost(tx, { workspaceId, address, places, trouble, since: since.troubledAt });
    await wakeSender(tx, workspaceId);
    return to;
  });
  if (standIn !== undefined) {
    logger.error({ address, lost, trouble, standIn }, 'a place takes no messages; they go to the next');
  }
}

/** The lane's own channel works again: its cards go home, what was given up is tried again, and people are told. */
export async function heal(context: SenderContext, address: string, home: string): Promise<void> {
  const { sql, workspaceId, logger } = context;
  const isHealed = await inWorkspace(sql, workspaceId, async (tx) => {
    const since = await healLane(tx, workspaceId, address);
    if (!since) return false;
    const back = { address, reason: 'works_again', to: address };
    await appendAudit(tx, { workspaceId, facts: [reroutedFact(workspaceId, back)] });
    await markLeaving(tx, { workspaceId, address, to: home });
    await retryDead(tx, { workspaceId, address });
    const places = await placesOf(tx, workspaceId, address);
    if (places) await tellBack(tx, { workspaceId, address, places, since });
    await wakeSender(tx, workspaceId);
    return true;
  });
  if (isHealed) logger.info({ address, home }, "a team's channel takes messages again; its cards go home");
}

type Incident = {
  readonly workspaceId: string;
  readonly address: string;
  readonly places: LanePlaces;
  /** When it began: one trouble, one message to each. */
  readonly since: Date;
};

async function tellLost(tx: Tx, told: Incident & { trouble: PlaceTrouble }): Promise<void> {
  const { workspaceId, address, places, trouble, since } = told;
  for (const personId of places.people) {
    await enqueueNotice(tx, {
      workspaceId,
      dedupeKey: `lost:${address}:${since.toISOString()}:${personId}`,
      address: `person:${personId}`,
      payload: {
        delivery: 'channel_lost',
        team: places.name,
        channel: places.channel,
        trouble,
        hasStandIn: places.fallback.length + places.people.length > 0,
      },
    });
  }
}

async function tellBack(tx: Tx, { workspaceId, address, places, since }: Incident): Promise<void> {
  for (const personId of places.people) {
    await enqueueNotice(tx, {
      workspaceId,
      dedupeKey: `back:${address}:${since.toISOString()}:${personId}`,
      address: `person:${personId}`,
      payload: { delivery: 'channel_back', team: places.name, channel: places.channel },
    });
  }
}
