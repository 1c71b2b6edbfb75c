import { ONE_SIDED } from '../../core/one-sided.ts';
import { comparesAmounts, type Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';

/** Sums the planned groups; those whose sides are equal in one currency, or have none to compare, are settled here as `equal`. */
export async function sumGroups(tx: Tx, spec: Reconciliation): Promise<void> {
  const isEqual = comparesAmounts(spec)
    ? tx`s.without_amount = 0 and s.currency is not null and s.expected_minor = s.actual_minor`
    : tx`true`;
  await tx`
    with summed as (
      select m.pass, m.group_key,
             encode(sha256(convert_to(
               string_agg(p.record_id || ':' || p.content_hash, ',' order by p.record_id), 'UTF8')), 'hex') as inputs_hash,
             (sum(p.amount_minor) filter (where m.side = 'expected'))::bigint as expected_minor,
             (sum(p.amount_minor) filter (where m.side = 'actual'))::bigint as actual_minor,
             coalesce(sum(p.amount_minor) filter (where p.is_credit), 0)::bigint as credits_minor,
             (count(*) - count(p.amount_minor))::integer as without_amount,
             case when min(p.currency) = max(p.currency) then min(p.currency) end as currency
      from planned_member m
      join pool p on p.record_id = m.record_id
      group by m.pass, m.group_key
    )
    insert into planned_group (pass, group_key, inputs_hash, expected_minor, actual_minor, credits_minor, without_amount,
                               currency, outcome, explained)
    select s.pass, s.group_key, s.inputs_hash, s.expected_minor, s.actual_minor, s.credits_minor, s.without_amount,
           s.currency, case when ${isEqual} and s.pass <> all(${Object.keys(ONE_SIDED)}::text[]) then 'equal' end, e.explained
    from summed s
    left join planned_pair e on e.pass = s.pass and e.group_key = s.group_key`;
  await tx`create index on planned_group (pass, group_key)`;
  await tx`analyze planned_group`;
}
