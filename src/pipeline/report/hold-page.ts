import type { HoldPage } from '../../core/hold.ts';
import { PAGE_ROWS } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import type { HoldQuery } from './hold-condition.sql.ts';
import { holdRows } from './hold-rows.sql.ts';
import { holdTotals } from './hold-totals.sql.ts';

/** The asked page of the holds, the newest first, or its last one when there are fewer. */
export async function holdPage(
  tx: Tx,
  query: HoldQuery,
  { page: asked, rows: perPage = PAGE_ROWS }: { page: number; rows?: number },
): Promise<HoldPage> {
  const totals = await holdTotals(tx, query);
  const pages = Math.max(1, Math.ceil(totals.total / perPage));
  const page = Math.min(Math.max(0, asked), pages - 1);
  const rows =
    totals.total === 0 ? [] : await holdRows(tx, query, { limit: perPage, offset: page * perPage });
  return { ...totals, rows, page, pages };
}
