import { type Reconciliation, SIDES, type Side } from '../../core/spec.ts';
import { type SqlPart, testSql } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { isOfFeeds, type SideFeeds, sideOf } from './side-feeds.sql.ts';

export type PoolCounts = {
  /** How many records of each side take part. */
  readonly expected: number;
  readonly actual: number;
  /** How many are dated after the cut-off and left for a later run. */
  readonly later: number;
  /** How many the spec's `when` leaves out. */
  readonly ignored: number;
};

type FillInput = {
  readonly workspaceId: string;
  readonly spec: Reconciliation;
  readonly feeds: SideFeeds;
  readonly cutoffOn: string;
  /** Others rest: only what is in `stirred_record` takes part, and only of that it is said how much was left out. */
  readonly isStirred: boolean;
};

/**
 * Copies the current records of both feeds up to the cut-off day into the run's pool. Everything after works on the
 * pool, so a delivery that arrives meanwhile waits for the next run.
 */
export async function fillPool(tx: Tx, input: FillInput): Promise<PoolCounts> {
  const { workspaceId, spec, feeds, cutoffOn, isStirred } = input;
  const { credits } = spec;
  const isCredit = credits
    ? tx`r.feed_id = ${feeds.actual}::uuid and r.fields::json ->> ${credits.field} = ${credits.equals}`
    : tx`false`;
  const records = isStirred ? tx`stirred_record r` : tx`record r`;
  await tx`
    insert into pool (record_id, side, feed, source_ref, version, content_hash, amount_minor, currency,
                      occurred_on, client, order_ref, fields, is_credit)
    select r.record_id, ${sideOf(tx, feeds)},
           case r.feed_id when ${feeds.expected}::uuid then ${spec.expected.feed} else ${spec.actual.feed} end, r.source_ref,
           r.version, r.content_hash, r.amount_minor, r.currency, r.occurred_on, r.client, r.order_ref,
           r.fields::json, coalesce(${isCredit}, false)
    from ${records}
    where r.workspace_id = ${workspaceId} and not r.is_removed and ${isOfFeeds(tx, feeds)}
      and r.occurred_on <= ${cutoffOn}::date
      and ${takesPart(tx, input)}`;
  await tx`analyze pool (record_id, side)`;
  const [left] = await tx<Pick<PoolCounts, 'later' | 'ignored'>[]>`
    select (count(*) filter (where ${takesPart(tx, input)}))::integer as later,
           (count(*) filter (where not ${takesPart(tx, input)}))::integer as ignored
    from ${records}
    where r.workspace_id = ${workspaceId} and not r.is_removed and ${isOfFeeds(tx, feeds)}
      and (r.occurred_on > ${cutoffOn}::date or not ${takesPart(tx, input)})`;
  return { ...(await countPool(tx)), ...(left ?? { later: 0, ignored: 0 }) };
}

async function countPool(tx: Tx): Promise<Pick<PoolCounts, Side>> {
  const [row] = await tx<Pick<PoolCounts, Side>[]>`
    select (count(*) filter (where p.side = 'expected'))::integer as expected,
           (count(*) filter (where p.side = 'actual'))::integer as actual
    from pool p`;
  return row ?? { expected: 0, actual: 0 };
}

/** Whether record `r` is one that its side's `when` lets in. */
function takesPart(tx: Tx, { spec, feeds }: Pick<FillInput, 'spec' | 'feeds'>): SqlPart {
  const conditions = SIDES.flatMap((side) => {
    const { when } = spec[side];
    if (when === undefined) return [];
    const place = { tx, row: { expected: 'r', actual: 'r' }, currency: tx`r.currency`, ofGroup: new Map() };
    return [tx`(r.feed_id is distinct from ${feeds[side]}::uuid or ${testSql(when.test, place)})`];
  });
  return tx`(${conditions.reduce((all, one) => tx`${all} and ${one}`, tx`true`)})`;
}
