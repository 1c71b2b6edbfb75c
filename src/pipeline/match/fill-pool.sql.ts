import { type Reconciliation, SIDES } from '../../core/spec.ts';
import { type SqlPart, testSql } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';

export type PoolCounts = {
  /** How many records of each side take part. */
  readonly expected: number;
  readonly actual: number;
  /** How many are dated after the cut-off and left for a later run. */
  readonly later: number;
  /** How many the spec's `when` leaves out. */
  readonly ignored: number;
};

/**
 * Copies the current records of both feeds up to the cut-off day into the run's pool. Everything after works on the
 * pool, so a delivery that arrives meanwhile waits for the next run.
 */
export async function fillPool(
  tx: Tx,
  { workspaceId, spec, cutoffOn }: { workspaceId: string; spec: Reconciliation; cutoffOn: string },
): Promise<PoolCounts> {
  const { credits } = spec;
  const isCredit = credits
    ? tx`f.key = ${spec.actual.feed} and r.fields ->> ${credits.field} = ${credits.equals}`
    : tx`false`;
  await tx`
    insert into pool (record_id, side, feed, source_ref, version, content_hash, amount_minor, currency,
                      occurred_on, client, order_ref, fields, is_credit)
    select r.record_id, case f.key when ${spec.expected.feed} then 'expected' else 'actual' end, f.key, r.source_ref,
           r.version, encode(r.content_hash, 'hex'), r.amount_minor, r.currency, r.occurred_on, r.client, r.order_ref,
           r.fields, coalesce(${isCredit}, false)
    from record r
    join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
    where r.workspace_id = ${workspaceId} and not r.is_removed
      and f.key in (${spec.expected.feed}, ${spec.actual.feed})
      and r.occurred_on <= ${cutoffOn}::date
      and ${takesPart(tx, spec)}`;
  await tx`analyze pool`;
  const [counts] = await tx<PoolCounts[]>`
    select (select count(*)::integer from pool where side = 'expected') as expected,
           (select count(*)::integer from pool where side = 'actual') as actual,
           (count(*) filter (where ${takesPart(tx, spec)}))::integer as later,
           (count(*) filter (where not ${takesPart(tx, spec)}))::integer as ignored
    from record r
    join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
    where r.workspace_id = ${workspaceId} and not r.is_removed
      and f.key in (${spec.expected.feed}, ${spec.actual.feed})
      and (r.occurred_on > ${cutoffOn}::date or not ${takesPart(tx, spec)})`;
  return counts ?? { expected: 0, actual: 0, later: 0, ignored: 0 };
}

/** Whether record `r` of feed `f` is one that its side's `when` lets in. */
function takesPart(tx: Tx, spec: Reconciliation): SqlPart {
  const conditions = SIDES.flatMap((side) => {
    const { feed, when } = spec[side];
    if (when === undefined) return [];
    const place = { tx, row: { expected: 'r', actual: 'r' }, currency: tx`r.currency`, ofGroup: new Map() };
    return [tx`(f.key <> ${feed} or ${testSql(when.test, place)})`];
  });
  return tx`(${conditions.reduce((all, one) => tx`${all} and ${one}`, tx`true`)})`;
}
