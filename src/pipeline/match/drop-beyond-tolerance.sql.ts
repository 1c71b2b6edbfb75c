import type { Condition } from '../../core/expression/term.ts';
import { sumsTest, UNITS_SQL } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';

/** Takes back the groups of a pass whose sums are not within its tolerance: later passes may still place their records. */
export async function dropBeyondTolerance(
  tx: Tx,
  { pass, tolerance }: { pass: string; tolerance: Condition },
): Promise<void> {
  await tx`
    with ${UNITS_SQL(tx)}
    delete from planned_member m
    using (
      select s.group_key
      from (
        select m.group_key,
               (sum(p.amount_minor) filter (where m.side = 'expected'))::bigint as expected_minor,
               (sum(p.amount_minor) filter (where m.side = 'actual'))::bigint as actual_minor,
               coalesce(sum(p.amount_minor) filter (where p.is_credit), 0)::bigint as credits_minor,
               count(*) = count(p.amount_minor) as is_complete,
               case when min(p.currency) = max(p.currency) then min(p.currency) end as currency
        from planned_member m
        join pool p on p.record_id = m.record_id
        where m.pass = ${pass}
        group by m.group_key
      ) s
      left join unit u on u.code = s.currency::char(3)
      where not (s.is_complete and ${sumsTest(tx, tolerance, { group: 's', unit: 'u' })})
    ) beyond
    where m.pass = ${pass} and m.group_key = beyond.group_key`;
}
