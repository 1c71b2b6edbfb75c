import { type FloodKey, floodKeys, type Newcomer, planFlood } from '../../core/flood.ts';
import type { Organisation } from '../../core/organisation.ts';
import { dropCards } from '../../db/flood/drop-cards.sql.ts';
import { floodFacts } from '../../db/flood/flood-facts.sql.ts';
import { insertGroups } from '../../db/flood/insert-groups.sql.ts';
import { lockAbsorbable } from '../../db/flood/lock-absorbable.sql.ts';
import { putMembers } from '../../db/flood/put-members.sql.ts';
import { removeMembers } from '../../db/flood/remove-members.sql.ts';
import { wantingAPlace } from '../../db/flood/wanting-a-place.sql.ts';
import { newId } from '../../db/new-id.ts';
import { enqueueCards, enqueueGroups } from '../../db/outbox/enqueue.ts';
import { groupsOf } from '../../db/outbox/groups-of.sql.ts';
import { wakeSender } from '../../db/outbox/wake-sender.sql.ts';
import type { Tx } from '../../db/tx.ts';

/** An exception that is opened, for the first time or again. */
export type Arrival = Newcomer & { readonly isNew: boolean };

type PlaceInput = {
  readonly workspaceId: string;
  readonly now: Date;
  readonly flood: Organisation['flood'];
};

type Group = FloodKey & {
  readonly groupId: string;
  readonly isNew: boolean;
  readonly members: readonly string[];
};

/** Where what a run opens is shown: some in groups, the rest on cards of their own. */
export type Places = {
  readonly groups: readonly Group[];
  /** Members whose own card was waiting to be posted and is not needed any more. */
  readonly absorbed: readonly string[];
  /** Once shown by a group, from now on by a card of their own. */
  readonly leaving: readonly string[];
  /** Groups that lose a member. */
  readonly left: readonly string[];
};

/**
 * Decides where the arrivals are shown, and locks the waiting cards that a group takes in. Writes nothing.
 *
 * Before the audit events are appended: it locks exceptions, and those come before the chain, here as in every press.
 */
export async function planPlaces(
  tx: Tx,
  { workspaceId, now, flood }: PlaceInput,
  arrivals: readonly Arrival[],
): Promise<Places> {
  const again = arrivals.filter(({ isNew }) => !isNew).map(({ exceptionId }) => exceptionId);
  const unseen = await wantingAPlace(tx, workspaceId, again);
  const newcomers = arrivals.filter(({ isNew, exceptionId }) => isNew || unseen.has(exceptionId));
  const since = new Date(now.getTime() - flood.windowMs);
  const facts = await floodFacts(tx, workspaceId, { keys: floodKeys(newcomers), since });
  const plan = planFlood(newcomers, facts, flood.threshold);
  const absorbable = await lockAbsorbable(tx, workspaceId, { keys: plan.groups, since });
  const groups = plan.groups.map(({ teamId, type, groupId, exceptionIds }) => {
    const joining = absorbable.filter((card) => card.teamId === teamId && card.type === type);
    return {
      teamId,
      type,
      groupId: groupId ?? newId(),
      isNew: groupId === undefined,
      members: [...exceptionIds, ...joining.map(({ exceptionId }) => exceptionId)],
    };
  });
  const before = await groupsOf(tx, workspaceId, [...unseen]);
  return {
    groups,
    absorbed: absorbable.map(({ exceptionId }) => exceptionId),
    leaving: plan.cards.filter((exceptionId) => before.has(exceptionId)),
    left: [...new Set(before.values())],
  };
}

/** Brings every changed exception to be shown: groups with their members, and cards. After the exceptions are written. */
export async function placeCards(
  tx: Tx,
  { workspaceId, now }: PlaceInput,
  { places, changed }: { places: Places; changed: readonly string[] },
): Promise<void> {
  const { groups, absorbed, leaving, left } = places;
  const opened = groups.filter(({ isNew }) => isNew);
  await insertGroups(tx, workspaceId, { groups: opened, now });
  const members = groups.flatMap(({ groupId, members: ids }) =>
    ids.map((exceptionId) => ({ exceptionId, groupId })),
  );
  await putMembers(tx, workspaceId, members);
  await removeMembers(tx, workspaceId, leaving);
  await dropCards(tx, workspaceId, absorbed);
  // Of those that just came into a group it need not be looked up; after a first night that is nearly all of them.
  const placed = new Set(members.map(({ exceptionId }) => exceptionId));
  await enqueueCards(
    tx,
    workspaceId,
    changed.filter((exceptionId) => !placed.has(exceptionId)),
  );
  await enqueueGroups(tx, workspaceId, new Set([...left, ...groups.map(({ groupId }) => groupId)]));
  await wakeSender(tx, workspaceId);
}
