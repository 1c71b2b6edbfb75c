import type { Tx } from '../../db/tx.ts';

export type Planned = {
  readonly rowsNew: number;
  readonly rowsChanged: number;
  readonly rowsUnchanged: number;
  /** Rows that lose to another row of the file with the same key. */
  readonly rowsDuplicate: number;
  /** Rows whose revision is older than the one that stands. */
  readonly rowsOlder: number;
  /** Rows of a protocol that a later message of the same delivery replaces. */
  readonly rowsSuperseded: number;
  /** Rows of a delivery that came before the one that brought what stands. */
  readonly rowsPast: number;
  readonly recordsRemoved: number;
};

/** How many of the `accepted` rows are new, changed, unchanged, and how many lose. */
export async function countPlanned(
  tx: Tx,
  { accepted, isFirst }: { accepted: number; isFirst: boolean },
): Promise<Planned> {
  const [row] = await tx<(Planned & { planned: number })[]>`
    select count(*)::integer as planned,
           count(*) filter (where outcome = 'new')::integer as "rowsNew",
           count(*) filter (where outcome in ('changed', 'removed'))::integer as "rowsChanged",
           count(*) filter (where outcome = 'unchanged')::integer as "rowsUnchanged",
           count(*) filter (where outcome = 'duplicate_key')::integer as "rowsDuplicate",
           count(*) filter (where outcome = 'older_revision')::integer as "rowsOlder",
           count(*) filter (where outcome = 'superseded')::integer as "rowsSuperseded",
           count(*) filter (where outcome = 'older_delivery')::integer as "rowsPast",
           count(*) filter (where outcome = 'removed')::integer as "recordsRemoved"
    from planned`;
  if (row === undefined) throw new Error('counting planned rows gave no row');
  const { planned, ...counts } = row;
  const unwritten = accepted - planned;
  return isFirst
    ? { ...counts, rowsNew: unwritten }
    : { ...counts, rowsUnchanged: counts.rowsUnchanged + unwritten };
}
