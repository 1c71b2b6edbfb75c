import { ONE_SIDED } from '../../core/one-sided.ts';
import { comparesAmounts, type Reconciliation } from '../../core/spec.ts';
import type { SqlPart } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';

/** Sums the planned groups; those whose sides are equal in one currency, or have none to compare, are settled here as `equal`. */
export async function sumGroups(tx: Tx, spec: Reconciliation): Promise<void> {
  const isEqual = comparesAmounts(spec)
    ? tx`s.without_amount = 0 and s.currency is not null and s.expected_minor = s.actual_minor`
    : tx`true`;
  const input = tx`(p.record_id || ':' || p.content_hash)`;
  await tx`
    with summed as (
      select m.pass, m.group_key,
             count(*) as size,
             min(${input} collate "C") as first_input,
             max(${input} collate "C") as last_input,
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
                               currency, outcome)
    select s.pass, s.group_key,
           case s.size
             when 1 then ${hashed(tx, tx`s.first_input`)}
             when 2 then ${hashed(tx, tx`s.first_input || ',' || s.last_input`)}
             else ''
           end,
           s.expected_minor, s.actual_minor, s.credits_minor, s.without_amount,
           s.currency, case when ${isEqual} and s.pass <> all(${Object.keys(ONE_SIDED)}::text[]) then 'equal' end
    from summed s`;
  // Most groups are pairs, which need no sorting; what is put in order is only what must be.
  await tx`
    update planned_group g set inputs_hash = larger.inputs_hash
    from (
      select m.pass, m.group_key, ${hashed(tx, tx`string_agg(${input}, ',' order by ${input} collate "C")`)} as inputs_hash
      from planned_group g
      join planned_member m on m.pass = g.pass and m.group_key = g.group_key
      join pool p on p.record_id = m.record_id
      where g.inputs_hash = ''
      group by m.pass, m.group_key
    ) larger
    where g.inputs_hash = '' and g.pass = larger.pass and g.group_key = larger.group_key`;
  await tx`analyze planned_group (pass, group_key, outcome)`;
}

const hashed = (tx: Tx, text: SqlPart): SqlPart => tx`encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;
