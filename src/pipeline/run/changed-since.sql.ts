import { LISTED } from '../../core/run-inputs.ts';
import type { Tx } from '../../db/tx.ts';
import type { ListedSince } from './listed-since.sql.ts';

/**
 * The deliveries that changed records since; undefined where not every change is listed in `changed_record`: something else
 * changed records, or a delivery made more of them than it lists, as a feed's first does. Nor where the day is an earlier
 * one: what is settled may hold records of later days.
 */
export async function changedSince(
  tx: Tx,
  input: { workspaceId: string; cutoffOn: string; since: ListedSince },
): Promise<readonly string[] | undefined> {
  if (input.since.cutoffOn > input.cutoffOn) return undefined;
  const [row] = await tx<{ deliveries: string[] | null }[]>`
    with told as materialized (
      select e.action, case when e.action = 'delivery.accepted' then e.entity_id end as delivery_id
      from audit_event e
      where e.workspace_id = ${input.workspaceId} and e.seq > ${input.since.seq}::bigint
    ),
    listed as (
      select c.delivery_id, count(*) as records
      from changed_record c
      where c.workspace_id = ${input.workspaceId} and c.delivery_id = any(array(select t.delivery_id from told t))
      group by c.delivery_id
    )
    select array(select distinct t.delivery_id::text from told t where t.delivery_id is not null) as deliveries
    where not exists (select from told t where t.action <> all(${LISTED as string[]}::text[]))
      and not exists (
        select from told t
        left join delivery d on d.workspace_id = ${input.workspaceId} and d.delivery_id = t.delivery_id
        left join listed l on l.delivery_id = t.delivery_id
        where t.delivery_id is not null and coalesce(l.records, 0) is distinct from d.rows_new + d.rows_changed)`;
  return row?.deliveries ?? undefined;
}
