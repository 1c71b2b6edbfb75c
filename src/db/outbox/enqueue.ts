import { newId } from '../new-id.ts';
import type { Tx } from '../tx.ts';
import { insertMove, type OutboxMove } from './insert-move.sql.ts';
import { insertNotice, type Notice } from './insert-notice.sql.ts';
import { upsertCards } from './upsert-cards.sql.ts';
import { wakeSender } from './wake-sender.sql.ts';

/**
 * The cards of these exceptions will show their current version, once the transaction commits.
 *
 * Call it after the exceptions changed: the version is read from their rows. One card per exception for ever; its lane
 * is the team the exception was first routed to.
 */
export async function enqueueCards(
  tx: Tx,
  workspaceId: string,
  exceptionIds: readonly string[],
): Promise<void> {
  if (exceptionIds.length === 0) return;
  await upsertCards(tx, workspaceId, { exceptionIds, outboxIds: exceptionIds.map(newId) });
  await wakeSender(tx, workspaceId);
}

/** The card will show the version that a move led to, and its thread a line of it; false when there is no such version. */
export const enqueueMove = (tx: Tx, move: OutboxMove): Promise<boolean> =>
  insertMove(tx, move, { cardId: newId(), lineId: newId() });

/** A message of its own will reach a team's channel or a person. The same `dedupeKey` twice is one message. */
export async function enqueueNotice(tx: Tx, notice: Notice): Promise<void> {
  await insertNotice(tx, newId(), notice);
  await wakeSender(tx, notice.workspaceId);
}
