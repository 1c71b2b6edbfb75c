import type { Tx } from '../../db/tx.ts';

export type ReplayDifference = { readonly number: number; readonly what: string };

/** Exceptions whose row is not what the last event of their trail left; the trail decides. At most a hundred. */
export async function replayDifferences(tx: Tx, workspaceId: string): Promise<ReplayDifference[]> {
  return await tx<ReplayDifference[]>`
    with last as (
      select distinct on (a.entity_id) a.entity_id, a.seq, a.body::jsonb -> 'state' as state
      from audit_event a
      where a.workspace_id = ${workspaceId} and a.entity = 'exception'
      order by a.entity_id, a.seq desc
    )
    select e.number,
           concat_ws('; ',
             case when last.seq is null then 'it has no event' end,
             case when last.seq <> e.last_seq then format('its last event is %s, the row says %s', last.seq, e.last_seq) end,
             case when last.state ->> 'status' <> e.status
                  then format('the trail says %s, the row %s', last.state ->> 'status', e.status) end,
             case when (last.state ->> 'version')::integer <> e.version
                  then format('the trail says version %s, the row %s', last.state ->> 'version', e.version) end,
             case when (last.state ->> 'level')::integer <> e.level
                  then format('the trail says level %s, the row %s', last.state ->> 'level', e.level) end,
             case when (last.state ->> 'owner_id')::uuid is distinct from e.owner_id then 'the owner differs' end) as what
    from exception e
    left join last on last.entity_id = e.exception_id
    where e.workspace_id = ${workspaceId}
      and (last.seq is null or last.seq <> e.last_seq or last.state ->> 'status' <> e.status
           or (last.state ->> 'version')::integer <> e.version or (last.state ->> 'level')::integer <> e.level
           or (last.state ->> 'owner_id')::uuid is distinct from e.owner_id)
    order by e.number
    limit 100`;
}
