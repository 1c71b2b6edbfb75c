import type { EntryPage } from '../../core/entry.ts';
import { PAGE_ROWS } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { bookedEntries } from './booked-entries.sql.ts';
import type { EntryQuery } from './entry-condition.sql.ts';
import { entryTotals } from './entry-totals.sql.ts';
import { waitingEntries } from './waiting-entries.sql.ts';

/** The asked page of the entries, those that wait first, then the latest booked; or the last page when there are fewer. */
export async function entryPage(
  tx: Tx,
  query: EntryQuery,
  { page: asked, rows: perPage = PAGE_ROWS }: { page: number; rows?: number },
): Promise<EntryPage> {
  const sums = await entryTotals(tx, query);
  const pages = Math.max(1, Math.ceil((sums.waiting.count + sums.booked.count) / perPage));
  const page = Math.min(Math.max(0, asked), pages - 1);
  const from = page * perPage;
  const waiting =
    from < sums.waiting.count ? await waitingEntries(tx, query, { limit: perPage, offset: from }) : [];
  const limit = perPage - waiting.length;
  const offset = Math.max(0, from - sums.waiting.count);
  const booked =
    limit > 0 && offset < sums.booked.count ? await bookedEntries(tx, query, { limit, offset }) : [];
  return { waiting, booked, sums, page, pages };
}
