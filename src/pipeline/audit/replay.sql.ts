import type { Tx } from '../../db/tx.ts';

export type ReplayDifference = { readonly number: number; readonly what: string };

/**
 * Exceptions whose row is not what the last event of their trail left, or that were opened and have no row; the trail
 * decides; notes and reminders change no row. At most a hundred.
 *
 * `unreadable` names events whose content is no JSON any more: reading one would end the whole comparison. Everything is
 * compared as text for the same reason: what was tampered with need not be a number or an id.
 */
export async function replayDifferences(
  tx: Tx,
  { workspaceId, unreadable }: { workspaceId: string; unreadable: readonly bigint[] },
): Promise<ReplayDifference[]> {
  const isUnreadable = tx`a.seq = any(${unreadable.map(String)}::bigint[])`;
  return await tx<ReplayDifference[]>`
    with newest as (
      select a.entity_id, max(a.seq) as seq
      from audit_event a
      where a.workspace_id = ${workspaceId} and a.entity = 'exception' and a.action not in ('exception.note', 'exception.remind')
      group by a.entity_id
    ),
    last as (
      select a.entity_id, a.seq, ${isUnreadable} as is_unreadable,
             case when ${isUnreadable} then null else a.body::jsonb -> 'state' end as state
      from newest
      join audit_event a on a.workspace_id = ${workspaceId} and a.seq = newest.seq
    ),
    compared as (
      select coalesce(e.number::text,
                      (select case when ${isUnreadable} then null else a.body::jsonb #>> '{data,number}' end
                       from audit_event a
                       where a.workspace_id = ${workspaceId} and a.entity_id = last.entity_id
                         and a.action = 'exception.opened'
                       order by a.seq limit 1)) as number,
             concat_ws('; ',
               case when last.seq is null then 'it has no event' end,
               case when e.exception_id is null then 'the trail speaks of it and its row is gone' end,
               case when last.seq <> e.last_seq
                    then format('its last event is %s, the row says %s', last.seq, e.last_seq) end,
               case when last.is_unreadable then 'its last event cannot be read'
                    when last.seq is not null and e.exception_id is not null then nullif(concat_ws('; ',
                      case when last.state ->> 'status' is distinct from e.status
                           then format('the trail says %s, the row %s', last.state ->> 'status', e.status) end,
                      case when last.state ->> 'version' is distinct from e.version::text
                           then format('the trail says version %s, the row %s', last.state ->> 'version', e.version) end,
                      case when last.state ->> 'level' is distinct from e.level::text
                           then format('the trail says level %s, the row %s', last.state ->> 'level', e.level) end,
                      case when last.state ->> 'owner_id' is distinct from e.owner_id::text
                           then 'the owner differs' end), '') end) as what
      from (select x.exception_id, x.number, x.status, x.version, x.level, x.owner_id, x.last_seq
            from exception x where x.workspace_id = ${workspaceId}) e
      full join last on last.entity_id = e.exception_id
    )
    select case when number ~ '^[0-9]{1,9}$' then number::integer else 0 end as number, what
    from compared
    where what <> '' and number is not null
    order by 1
    limit 100`;
}
