import type { LedgerEntry } from '../../core/entry.ts';
import type { Tx } from '../../db/tx.ts';
import { type EntryRow, entryFields, entryJoins, toEntry } from './booked-columns.sql.ts';
import { bookedColumns, type EntryQuery, entryCondition } from './entry-condition.sql.ts';

/** The entries that somebody asks for, the latest first. */
export async function bookedEntries(
  tx: Tx,
  query: EntryQuery,
  { limit, offset }: { limit: number; offset: number },
): Promise<LedgerEntry[]> {
  const rows = await tx<EntryRow[]>`
    select ${entryFields(tx)}
    from adjustment a
    ${entryJoins(tx)}
    where ${entryCondition(tx, query, bookedColumns(tx))}
    order by a.number desc
    limit ${limit} offset ${offset}`;
  return rows.map(toEntry);
}
