import { markLeaving } from '../../db/lanes/mark-leaving.sql.ts';
import { resetLane } from '../../db/lanes/reset-lane.sql.ts';
import { retryDead } from '../../db/lanes/retry-dead.sql.ts';
import { wakeSender } from '../../db/outbox/wake-sender.sql.ts';
import type { Tx } from '../../db/tx.ts';
import type { MovedTeam } from './moved-teams.sql.ts';

/**
 * The live cards of these teams leave for the channel that the configuration names now, and what could not be delivered is
 * tried there. Returns how many cards leave.
 */
export async function rehome(tx: Tx, workspaceId: string, moved: readonly MovedTeam[]): Promise<number> {
  let cards = 0;
  for (const { key } of moved) {
    const address = `team:${key}`;
    await resetLane(tx, workspaceId, address);
    cards += await markLeaving(tx, { workspaceId, address });
    await retryDead(tx, { workspaceId, address });
  }
  if (moved.length > 0) await wakeSender(tx, workspaceId);
  return cards;
}
