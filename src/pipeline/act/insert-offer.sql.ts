import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';

/** The offer stands from now on. The database refuses a second open one of the same exception. */
export async function insertOffer(
  tx: Tx,
  offer: {
    workspaceId: string;
    exceptionId: string;
    version: number;
    fromId: string;
    toId: string;
    note: string;
    now: Date;
    expiresAt: Date;
  },
): Promise<void> {
  await tx`
    insert into hand_over (workspace_id, hand_over_id, exception_id, exception_version, from_id, to_id, note, offered_at,
      expires_at)
    values (${offer.workspaceId}, ${newId()}, ${offer.exceptionId}, ${offer.version}, ${offer.fromId}, ${offer.toId},
      ${offer.note}, ${offer.now.toISOString()}, ${offer.expiresAt.toISOString()})`;
}
