import type { Hold } from '../../core/hold.ts';
import { holdColumns, holdJoins } from '../../db/holds/hold-columns.sql.ts';
import { type HoldRow, toHold } from '../../db/holds/hold-row.ts';
import type { Tx } from '../../db/tx.ts';
import { type HoldQuery, holdCondition } from './hold-condition.sql.ts';

/** The holds that somebody asks for, the newest first. */
export async function holdRows(
  tx: Tx,
  query: HoldQuery,
  { limit, offset }: { limit: number; offset: number },
): Promise<Hold[]> {
  const rows = await tx<HoldRow[]>`
    select ${holdColumns(tx)}
    from hold h
    ${holdJoins(tx)}
    where ${holdCondition(tx, query)}
    order by h.number desc
    limit ${limit} offset ${offset}`;
  return rows.map(toHold);
}
