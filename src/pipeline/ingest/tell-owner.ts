import type { FeedContract } from '../../core/contract.ts';
import { newId } from '../../db/new-id.ts';
import { wakeSender } from '../../db/outbox/wake-sender.sql.ts';
import { wantDelivery } from '../../db/outbox/want-delivery.sql.ts';
import type { Tx } from '../../db/tx.ts';
import type { Delivery } from './delivery.ts';
import type { NewDelivery } from './insert-delivery.sql.ts';
import { policyOf } from './judge.ts';
import { wasTold } from './was-told.sql.ts';

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

/** Tells them that a delivery, or rows of it, were kept out; of the same bytes once, whatever contract they are read by. */
export async function tellKeptOut(
  tx: Tx,
  { request, feed, deliveryId }: Delivery,
  { checksum, status, rowsQuarantined }: Pick<NewDelivery, 'checksum' | 'status' | 'rowsQuarantined'>,
): Promise<void> {
  const { workspaceId, contract, extent } = request;
  if (policyOf(contract).owner === undefined) return;
  const { feedId } = feed;
  const isPushed = extent === 'pushed';
  const about = { workspaceId, feedId, deliveryId, checksum, status, rowsQuarantined, isPushed };
  if (!(await wasTold(tx, about))) await tellOwner(tx, { workspaceId, deliveryId, contract });
}
