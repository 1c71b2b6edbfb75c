import { readAddress } from '../../db/outbox/read-address.sql.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { withPlaceNote } from '../views/delivery.ts';
import type { Composed } from './compose.ts';
import type { SenderContext } from './context.ts';

/** The message as it stands where the lane posts: in a stand-in it says why it is there. */
export async function noted(context: SenderContext, message: Leased, composed: Composed): Promise<Composed> {
  const { laneTrouble, address, place } = message;
  // A line in a thread stands under its card, which says so.
  if (laneTrouble === undefined || place === address || message.kind === 'reply') return composed;
  const { sql, workspaceId } = context;
  const home = await inWorkspace(sql, workspaceId, (tx) => readAddress(tx, workspaceId, address));
  const reader = await context.reader(address);
  const about = { channel: home?.channel ?? address, trouble: laneTrouble };
  return {
    ...composed,
    full: withPlaceNote(composed.full, reader, about),
    minimal: withPlaceNote(composed.minimal, reader, about),
  };
}
