import { type Reconciliation, SIDES, type Side } from '../../core/spec.ts';
import { type SqlPart, testSql } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';
import type { SideFeeds } from './side-feeds.sql.ts';

/** Whether record `r` is one that its side's `when` lets in. */
export function takesPart(
  tx: Tx,
  { spec, feeds }: { readonly spec: Pick<Reconciliation, Side>; readonly feeds: SideFeeds },
): SqlPart {
  const conditions = SIDES.flatMap((side) => {
    const { when } = spec[side];
    if (when === undefined) return [];
    const place = { tx, row: { expected: 'r', actual: 'r' }, currency: tx`r.currency`, ofGroup: new Map() };
    return [tx`(r.feed_id is distinct from ${feeds[side]}::uuid or ${testSql(when.test, place)})`];
  });
  return tx`(${conditions.reduce((all, one) => tx`${all} and ${one}`, tx`true`)})`;
}
