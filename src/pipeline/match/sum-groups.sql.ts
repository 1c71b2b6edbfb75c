import type { Tx } from '../../db/tx.ts';

/** Sums the planned groups; those whose sides are equal in one currency are settled here as `equal`. */
export async function sumGroups(tx: Tx): Promise<void> {
  await tx`
    with summed as (
      select m.pass, m.group_key,
             encode(sha256(convert_to(
               string_agg(p.record_id || ':' || p.content_hash, ',' order by p.record_id), 'UTF8')), 'hex') as inputs_hash,
             coalesce(sum(p.amount_minor) filter (where m.side = 'expected'), 0)::bigint as expected_minor,
             coalesce(sum(p.amount_minor) filter (where m.side = 'actual'), 0)::bigint as actual_minor,
             coalesce(sum(p.amount_minor) filter (where p.is_credit), 0)::bigint as credits_minor,
             case when min(p.currency) = max(p.currency) then min(p.currency) end as currency
      from planned_member m
      join pool p on p.record_id = m.record_id
      group by m.pass, m.group_key
    )
    insert into planned_group (pass, group_key, inputs_hash, expected_minor, actual_minor, credits_minor, currency, outcome)
    select pass, group_key, inputs_hash, expected_minor, actual_minor, credits_minor, currency,
           case when currency is not null and expected_minor = actual_minor then 'equal' end
    from summed`;
  await tx`create index on planned_group (pass, group_key)`;
  await tx`analyze planned_group`;
}
