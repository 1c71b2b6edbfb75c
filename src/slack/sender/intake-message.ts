import { z } from 'zod';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { readDeliveries } from '../../pipeline/report/delivery-facts.sql.ts';
import { readKeptOut } from '../../pipeline/report/kept-out.sql.ts';
import { renderDelivery } from '../views/intake.ts';
import type { Composed } from './compose.ts';
import type { SenderContext } from './context.ts';

const payloadShape = z.object({ intake: z.literal('delivery'), delivery_id: z.uuid() });

export const isIntake = (payload: unknown): boolean => payloadShape.safeParse(payload).success;

/** The message about a delivery as it is now; it changes in place with what is decided. Undefined when there is no such delivery. */
export async function composeIntake(context: SenderContext, leased: Leased): Promise<Composed | undefined> {
  const { sql, workspaceId } = context;
  const { delivery_id: deliveryId } = payloadShape.parse(leased.payload);
  const { facts, keptOut } = await inWorkspace(sql, workspaceId, async (tx) => {
    const [facts] = await readDeliveries(tx, { workspaceId, deliveryId, limit: 1 });
    const hasKeptOut = facts !== undefined && facts.rowsQuarantined > 0;
    return { facts, keptOut: hasKeptOut ? await readKeptOut(tx, { workspaceId, deliveryId }) : undefined };
  });
  if (!facts) return undefined;
  const full = renderDelivery(facts, await context.reader(leased.address), keptOut);
  return {
    full,
    minimal: { text: full.text, blocks: full.blocks.filter(({ type }) => type === 'actions') },
    metadata: {
      event_type: 'tieout_delivery',
      event_payload: { outbox_id: leased.outboxId, delivery_id: deliveryId, revision: facts.version },
    },
    revision: facts.version,
    card: `delivery:${deliveryId}`,
  };
}
