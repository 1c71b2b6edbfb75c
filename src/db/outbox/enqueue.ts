import { newId } from '../new-id.ts';
import type { Tx } from '../tx.ts';
import { groupsOf } from './groups-of.sql.ts';
import { insertNotice, type Notice } from './insert-notice.sql.ts';
import { upsertCards } from './upsert-cards.sql.ts';
import { wakeSender } from './wake-sender.sql.ts';
import { wantGroups } from './want-groups.sql.ts';

/**
 * The cards of these exceptions will show their current version, once the transaction commits.
 *
 * Call it after the exceptions changed: the version is read from their rows. One card per exception for ever; its lane
 * is the team that the exception belongs to. An exception of a flood is shown by its group's card instead.
 */
export async function enqueueCards(
  tx: Tx,
  workspaceId: string,
  exceptionIds: readonly string[],
): Promise<void> {
  if (exceptionIds.length === 0) return;
  const groupOf = await groupsOf(tx, workspaceId, exceptionIds);
  const single = exceptionIds.filter((exceptionId) => !groupOf.has(exceptionId));
  await upsertCards(tx, workspaceId, { exceptionIds: single, outboxIds: single.map(newId) });
  await enqueueGroups(tx, workspaceId, new Set(groupOf.values()));
  await wakeSender(tx, workspaceId);
}

/** The cards of these groups will show how all their exceptions stand, once the transaction commits. Wakes nobody. */
export async function enqueueGroups(tx: Tx, workspaceId: string, groups: ReadonlySet<string>): Promise<void> {
  const groupIds = [...groups];
  await wantGroups(tx, workspaceId, { groupIds, outboxIds: groupIds.map(newId) });
}

/** A message of its own will reach a team's channel or a person. The same `dedupeKey` twice is one message. */
export async function enqueueNotice(tx: Tx, notice: Notice): Promise<void> {
  await insertNotice(tx, newId(), notice);
  await wakeSender(tx, notice.workspaceId);
}
