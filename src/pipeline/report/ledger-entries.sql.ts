import type { LedgerEntry } from '../../core/entry.ts';
import type { Tx } from '../../db/tx.ts';
import { type EntryRow, entryFields, entryJoins, toEntry } from './booked-columns.sql.ts';
import { bookedColumns, entryCondition } from './entry-condition.sql.ts';

export type LedgerQuery = {
  readonly workspaceId: string;
  /** Only those booked to this month. */
  readonly period: string | undefined;
  /** Only those after this one: what an earlier export did not have. */
  readonly after: bigint | undefined;
  readonly limit: number;
};

/** Entries in the order in which they were booked. */
export async function ledgerEntries(
  tx: Tx,
  { workspaceId, period, after, limit }: LedgerQuery,
): Promise<LedgerEntry[]> {
  const filter = period === undefined ? {} : { period };
  const rows = await tx<EntryRow[]>`
    select ${entryFields(tx)}
    from adjustment a
    ${entryJoins(tx)}
    where ${entryCondition(tx, { workspaceId, filter }, bookedColumns(tx))}
      and a.number > ${after?.toString() ?? '0'}::bigint
    order by a.number
    limit ${limit}`;
  return rows.map(toEntry);
}
