import { z } from 'zod';
import type { BulkNotice } from '../../core/bulk-notice.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import type { Message } from '../views/blocks.ts';
import { renderBulkNotice } from '../views/bulk-notice.ts';
import type { SenderContext } from './context.ts';

const noticeShape = z.object({
  bulk: z.object({
    id: z.string(),
    what: z.enum(['offered', 'withdrawn', 'taken', 'declined', 'done']),
    type: z.string(),
    byName: z.string(),
    count: z.number(),
    money: z.array(z.object({ minor: z.string().regex(/^\d+$/), currency: z.string() })),
    note: z.string().nullable(),
    until: z.string().nullable(),
    refused: z.number(),
  }),
}) satisfies z.ZodType<BulkNotice>;

/** What a bulk action tells a person; undefined for any other message. */
export async function bulkMessage(context: SenderContext, leased: Leased): Promise<Message | undefined> {
  const { kind, payload, address } = leased;
  if (kind !== 'notice' || typeof payload !== 'object' || payload === null || !('bulk' in payload))
    return undefined;
  return renderBulkNotice(noticeShape.parse(payload), await context.reader(address));
}
