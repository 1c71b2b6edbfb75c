import { z } from 'zod';
import { type DeliveryLine, type DeliveryNotice, PLACE_TROUBLES } from '../../core/place.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import type { Message } from '../views/blocks.ts';
import { renderDeliveryLine, renderDeliveryNotice } from '../views/delivery.ts';
import type { SenderContext } from './context.ts';

const trouble = z.enum(PLACE_TROUBLES);

const lineShape = z.discriminatedUnion('delivery', [
  z.object({ delivery: z.literal('deleted') }),
  z.object({ delivery: z.literal('replaced') }),
  z.object({ delivery: z.literal('moved'), from: z.string(), trouble: trouble.nullable() }),
]) satisfies z.ZodType<DeliveryLine>;

const noticeShape = z.discriminatedUnion('delivery', [
  z.object({
    delivery: z.literal('channel_lost'),
    team: z.string(),
    channel: z.string(),
    trouble,
    hasStandIn: z.boolean(),
  }),
  z.object({ delivery: z.literal('channel_back'), team: z.string(), channel: z.string() }),
  z.object({ delivery: z.literal('person_left'), name: z.string(), given: z.number() }),
  z.object({
    delivery: z.literal('rehomed'),
    team: z.string(),
    count: z.number(),
    isYours: z.boolean(),
  }),
]) satisfies z.ZodType<DeliveryNotice>;

/** A message that tells of the delivery itself; undefined for any other. */
export async function deliveryMessage(context: SenderContext, leased: Leased): Promise<Message | undefined> {
  const { kind, payload, address } = leased;
  const tells = typeof payload === 'object' && payload !== null && 'delivery' in payload;
  if (!tells || (kind !== 'reply' && kind !== 'notice')) return undefined;
  const reader = await context.reader(address);
  return kind === 'reply'
    ? renderDeliveryLine(lineShape.parse(payload), reader)
    : renderDeliveryNotice(noticeShape.parse(payload), reader);
}
