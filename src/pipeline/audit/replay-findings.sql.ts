import type { Tx } from '../../db/tx.ts';
import type { ReplayDifference } from './replay.sql.ts';

/**
 * Exceptions whose facts (what differs, what is at stake, whose it is, how it was settled) are not those of the events
 * that last stated them. At most a hundred. Compared as text, and unreadable events are passed over: they are told of
 * where they stand.
 */
export async function replayFindings(
  tx: Tx,
  { workspaceId, unreadable }: { workspaceId: string; unreadable: readonly bigint[] },
): Promise<ReplayDifference[]> {
  return await tx<ReplayDifference[]>`
    with stated as materialized (
      select a.entity_id, a.seq, a.action, a.body::jsonb as body
      from audit_event a
      where a.workspace_id = ${workspaceId} and a.entity = 'exception'
        and a.action in ('exception.opened', 'exception.updated', 'exception.reopen', 'exception.resolve', 'exception.match',
                         'exception.unmatch', 'exception.never', 'exception.approve')
        and a.seq <> all(${unreadable.map(String)}::bigint[])
    ),
    found as (
      select distinct on (entity_id) entity_id, body -> 'data' as data
      from stated where body -> 'data' ? 'fingerprint'
      order by entity_id, seq desc
    ),
    routed as (
      select distinct on (entity_id) entity_id, body #>> '{data,team}' as team
      from stated where body -> 'data' ? 'team'
      order by entity_id, seq desc
    ),
    compared as (
      select e.number,
             concat_ws('; ',
               case when (found.data ->> 'type', found.data ->> 'severity', found.data ->> 'currency')
                         is distinct from (e.type, e.severity, e.currency::text)
                    then 'its type, severity or currency is not what the trail says' end,
               case when (found.data ->> 'expected_minor', found.data ->> 'actual_minor', found.data ->> 'at_stake_minor')
                         is distinct from (e.expected_minor::text, e.actual_minor::text, e.at_stake_minor::text)
                    then format('the trail says %s minor units are at stake, the row %s, or an amount behind it differs',
                                found.data ->> 'at_stake_minor', e.at_stake_minor) end,
               case when found.data ? 'client'
                         and (found.data ->> 'client', found.data ->> 'order_ref') is distinct from (e.client, e.order_ref)
                    then 'its client or order is not what the trail says' end,
               case when routed.team is distinct from t.key then format('the trail says team %s, the row %s', routed.team, t.key) end,
               case when e.status = 'resolved'
                         and (last.body ->> 'reason', last.body #>> '{data,amount_minor}')
                             is distinct from (e.resolution_code, e.resolution_minor::text)
                    then 'its resolution is not what the trail says' end) as what
      from exception e
      join found on found.entity_id = e.exception_id
      join routed on routed.entity_id = e.exception_id
      join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
      left join stated last on last.entity_id = e.exception_id and last.seq = e.last_seq
      where e.workspace_id = ${workspaceId}
    )
    select number, what from compared where what <> '' order by number limit 100`;
}
