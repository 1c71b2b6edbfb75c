import type { BulkNotice } from '../../core/bulk-notice.ts';
import { sumOf } from '../../core/group.ts';
import type { Bulk } from '../../db/flood/bulk-row.ts';
import type { ItemResult } from './bulk-chunk.ts';

/** What one person is told of a bulk action; about those exceptions of it that concern them. */
export function noticeOf(
  what: BulkNotice['bulk']['what'],
  about: {
    bulk: Bulk;
    type: string;
    items: readonly ItemResult[];
    byName: string;
    until: Date | undefined;
    refused?: number;
  },
): BulkNotice {
  const { count, money } = sumOf(about.items);
  return {
    bulk: {
      id: about.bulk.bulkId,
      what,
      type: about.type,
      byName: about.byName,
      count,
      money: money.map(({ minor, currency }) => ({ minor: minor.toString(), currency })),
      note: about.bulk.entered?.note ?? null,
      until: about.until?.toISOString() ?? null,
      refused: about.refused ?? 0,
    },
  };
}
