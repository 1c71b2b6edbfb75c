import type { Tx } from '../../db/tx.ts';
import type { ReconciliationSides } from './reconciliation-sides.sql.ts';

/** `matched`: by a pass, or by hand. `suggested`: to a person, as the best of its records' candidates. */
export type PairHow = 'matched' | 'suggested';

/**
 * Compares with the working table `label` what is matched and what is suggested, each pair of an expected and an actual record by
 * itself, in the working table `judged_pair`. Of a pair something is known as soon as one of its records is in a label.
 */
export async function judgePairs(
  tx: Tx,
  { workspaceId, reconciliationId, expectedFeedId }: ReconciliationSides & { readonly workspaceId: string },
): Promise<void> {
  await tx`
    create temp table judged_pair on commit drop as
    with member as materialized (
      select mm.match_id, mm.side, r.source_ref
      from match_member mm
      join record r on r.workspace_id = mm.workspace_id and r.record_id = mm.record_id
      where mm.workspace_id = ${workspaceId} and mm.reconciliation_id = ${reconciliationId} and mm.is_live
    ),
    pair as (
      select m.pass, 'matched' as how, e.source_ref as expected, a.source_ref as actual
      from member e
      join member a on a.match_id = e.match_id and a.side = 'actual'
      join match m on m.workspace_id = ${workspaceId} and m.match_id = e.match_id
      where e.side = 'expected'
      union all
      select c.pass, 'suggested', e.source_ref, a.source_ref
      from rejected_candidate c
      join rejected_candidate back on back.workspace_id = c.workspace_id and back.reconciliation_id = c.reconciliation_id
        and back.record_id = c.candidate_id and back.candidate_id = c.record_id and back.rank = 1
      join record e on e.workspace_id = c.workspace_id and e.record_id = c.record_id and e.feed_id = ${expectedFeedId}::uuid
      join record a on a.workspace_id = c.workspace_id and a.record_id = c.candidate_id
      where c.workspace_id = ${workspaceId} and c.reconciliation_id = ${reconciliationId} and c.rank = 1
        and c.verdict in ('suggested', 'ambiguous')
    )
    select p.pass, p.how, p.expected, p.actual,
           case when l.expected is not null then 'right'
                when p.expected in (select k.expected from label k where k.expected is not null)
                  or p.actual in (select k.actual from label k where k.actual is not null) then 'wrong'
                else 'unknown' end as judged
    from pair p
    left join label l on l.expected = p.expected and l.actual = p.actual`;
}
