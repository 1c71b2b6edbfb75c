import type { FeedContract } from '../../core/contract.ts';
import { newId } from '../../db/new-id.ts';
import { wakeSender } from '../../db/outbox/wake-sender.sql.ts';
import { wantDelivery } from '../../db/outbox/want-delivery.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { policyOf } from './judge.ts';

/** Tells the data owner of a feed about a delivery, or brings what they were told up to date. */
export async function tellOwner(
  tx: Tx,
  { workspaceId, deliveryId, contract }: { workspaceId: string; deliveryId: string; contract: FeedContract },
): Promise<void> {
  const { owner } = policyOf(contract);
  if (owner === undefined) return;
  await wantDelivery(tx, { workspaceId, deliveryId, outboxId: newId(), owner });
  await wakeSender(tx, workspaceId);
}
