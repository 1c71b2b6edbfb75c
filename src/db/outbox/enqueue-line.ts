import { newId } from '../new-id.ts';
import type { Tx } from '../tx.ts';
import { insertLine, type ThreadLine } from './insert-line.sql.ts';
import { wakeSender } from './wake-sender.sql.ts';

/** The exception's thread will show this event, once the transaction commits; nothing, when it has no card of its own. */
export async function enqueueLine(tx: Tx, line: ThreadLine): Promise<void> {
  await insertLine(tx, newId(), line);
  await wakeSender(tx, line.workspaceId);
}
