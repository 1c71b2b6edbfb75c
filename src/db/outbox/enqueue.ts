import { newId } from '../new-id.ts';
import type { Tx } from '../tx.ts';
import { insertNotice, type Notice } from './insert-notice.sql.ts';
import { insertReply, type Reply } from './insert-reply.sql.ts';
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

/** A line will appear in the exception's thread, after its card. The same `seq` twice is one line. */
export async function enqueueReply(tx: Tx, reply: Reply): Promise<void> {
  await insertReply(tx, newId(), reply);
  await wakeSender(tx, reply.workspaceId);
}

/** A message of its own will reach a team's channel or a person. The same `dedupeKey` twice is one message. */
export async function enqueueNotice(tx: Tx, notice: Notice): Promise<void> {
  await insertNotice(tx, newId(), notice);
  await wakeSender(tx, notice.workspaceId);
}
