import { z } from 'zod';
import type { BulkNotice } from '../../core/bulk-notice.ts';

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

/** What a bulk action tells a person; undefined for any other notice. */
export const bulkNoticeIn = (payload: unknown): BulkNotice | undefined =>
  typeof payload === 'object' && payload !== null && 'bulk' in payload
    ? noticeShape.parse(payload)
    : undefined;
