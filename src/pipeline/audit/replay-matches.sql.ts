import type { Tx } from '../../db/tx.ts';

export type MatchDifference = { readonly where: string; readonly what: string };

/**
 * Reconciliations of which other matches stand than the trail says were made and ended, by runs and by people, or whose live
 * matches have other members than they name. The trail counts them: one that was ended for another that was not is not seen.
 */
export async function replayMatches(tx: Tx, workspaceId: string): Promise<MatchDifference[]> {
  return await tx<MatchDifference[]>`
    with said as (
      select b ->> 'reconciliation' as reconciliation, (b ->> 'matches_made')::bigint as made,
             (b ->> 'matches_superseded')::bigint as ended
      from (select a.body::jsonb -> 'data' as b from audit_event a
            where a.workspace_id = ${workspaceId} and a.action = 'run.applied') as run
      union all
      select c.key, (b ->> 'matches_made')::bigint, (b ->> 'matches_ended')::bigint
      from (select a.entity_id, a.body::jsonb -> 'data' as b from audit_event a
            where a.workspace_id = ${workspaceId}
              and a.action in ('exception.match', 'exception.unmatch', 'exception.never')) as hand
      join exception e on e.workspace_id = ${workspaceId} and e.exception_id = hand.entity_id
      join reconciliation c on c.workspace_id = ${workspaceId} and c.reconciliation_id = e.reconciliation_id
    ), told as (
      -- A decision of a release that did not count yet leaves nothing to compare with.
      select reconciliation, sum(made)::bigint as made, sum(ended)::bigint as ended
      from said group by reconciliation having bool_and(made is not null and ended is not null)
    ), kept as (
      select m.reconciliation_id, count(*) as made, count(*) filter (where m.is_live) as live,
             coalesce(sum(cardinality(m.record_ids)) filter (where m.is_live), 0) as named
      from match m where m.workspace_id = ${workspaceId} group by m.reconciliation_id
    ), member as (
      select m.reconciliation_id, count(*) as live
      from match_member m where m.workspace_id = ${workspaceId} and m.is_live group by m.reconciliation_id
    ), counted as (
      select c.key, t.reconciliation is not null as is_told, coalesce(t.made, 0) as made, coalesce(t.ended, 0) as ended,
             coalesce(k.made, 0) as rows, coalesce(k.live, 0) as live, coalesce(k.named, 0) as named,
             coalesce(m.live, 0) as members
      from reconciliation c
      left join told t on t.reconciliation = c.key
      left join kept k on k.reconciliation_id = c.reconciliation_id
      left join member m on m.reconciliation_id = c.reconciliation_id
      where c.workspace_id = ${workspaceId}
    )
    select 'matches of ' || key as where,
           format('the trail says %s were made, and there are %s', made, rows) as what
    from counted where is_told and made <> rows
    union all
    select 'matches of ' || key, format('the trail says %s stand, and %s do', made - ended, live)
    from counted where is_told and made - ended <> live
    union all
    select 'matches of ' || key,
           format('those that stand bring %s records together, and %s are marked so', named, members)
    from counted where named <> members
    order by 1, 2`;
}
