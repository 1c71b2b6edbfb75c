import type { Reconciliation, Side } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { isOfFeeds, type SideFeeds, sideOf } from './side-feeds.sql.ts';
import { takesPart } from './takes-part.ts';

export type PoolCounts = {
  /** How many records of each side take part. */
  readonly expected: number;
  readonly actual: number;
  /** How many are dated after the cut-off and left for a later run. */
  readonly later: number;
  /** How many the spec's `when` leaves out. */
  readonly ignored: number;
};

type CountInput = {
  readonly workspaceId: string;
  readonly spec: Reconciliation;
  readonly feeds: SideFeeds;
  readonly cutoffOn: string;
  /** Others rest: only of what is in `stirred_record` it is said how much was left out. */
  readonly isStirred: boolean;
};

/** Counts the records that the pool was filled from (with `filled` of them). */
export async function countRecords(
  tx: Tx,
  input: CountInput & { readonly filled: number },
): Promise<PoolCounts> {
  const counts = await readCounts(tx, input);
  // A delivery may have come in between.
  if (counts.expected + counts.actual === input.filled) return counts;
  return { ...counts, ...(await countPool(tx)) };
}

/** Counted where several processes count, which of the pool only one may (2026-11-30, two million records: 0.3 s less). */
async function readCounts(tx: Tx, input: CountInput): Promise<PoolCounts> {
  const { workspaceId, feeds, cutoffOn, isStirred } = input;
  const isDue = tx`r.occurred_on <= ${cutoffOn}::date`;
  const isMeant = takesPart(tx, input);
  const [row] = await tx<PoolCounts[]>`
    select (count(*) filter (where ${isDue} and ${isMeant} and ${sideOf(tx, feeds)} = 'expected'))::integer as expected,
           (count(*) filter (where ${isDue} and ${isMeant} and ${sideOf(tx, feeds)} = 'actual'))::integer as actual,
           (count(*) filter (where not ${isDue} and ${isMeant}))::integer as later,
           (count(*) filter (where not ${isMeant}))::integer as ignored
    from ${isStirred ? tx`stirred_record r` : tx`record r`}
    where r.workspace_id = ${workspaceId} and not r.is_removed and ${isOfFeeds(tx, feeds)}`;
  if (!row) throw new Error('a count has a row');
  return row;
}

async function countPool(tx: Tx): Promise<Pick<PoolCounts, Side>> {
  const [row] = await tx<Pick<PoolCounts, Side>[]>`
    select (count(*) filter (where p.side = 'expected'))::integer as expected,
           (count(*) filter (where p.side = 'actual'))::integer as actual
    from pool p`;
  if (!row) throw new Error('a count has a row');
  return row;
}
