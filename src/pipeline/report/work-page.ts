import { PAGE_ROWS, type WorkPage } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import type { WorkQuery } from './work-condition.sql.ts';
import { workRows } from './work-rows.sql.ts';
import { workTotals } from './work-totals.sql.ts';

/** The asked page of a list, or its last one when there are fewer. */
export async function workPage(tx: Tx, query: WorkQuery, asked: number): Promise<WorkPage> {
  const totals = await workTotals(tx, query);
  const pages = Math.max(1, Math.ceil(totals.total / PAGE_ROWS));
  const page = Math.min(Math.max(0, asked), pages - 1);
  const rows = totals.total === 0 ? [] : await workRows(tx, query, page);
  return { ...totals, rows, page, pages };
}
