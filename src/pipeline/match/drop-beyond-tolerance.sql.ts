import type { Condition } from '../../core/expression/term.ts';
import { sumsTest, UNITS_SQL } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';

/** Takes back the groups of a pass whose sums are not within its tolerance: later passes may still place their records. */
export async function dropBeyondTolerance(
  tx: Tx,
  { pass, tolerance }: { pass: string; tolerance: Condition },
): Promise<void> {
  await tx`
    with ${UNITS_SQL(tx)},
    beyond as materialized (
      select g.group_key
      from planned_group g
      left join unit u on u.code = g.currency::char(3)
      where g.pass = ${pass} and not (g.without_amount = 0 and ${sumsTest(tx, tolerance, { group: 'g', unit: 'u' })})
    ),
    group_taken_back as (
      delete from planned_group g using beyond where g.pass = ${pass} and g.group_key = beyond.group_key
    )
    delete from planned_set m using beyond where m.pass = ${pass} and m.group_key = beyond.group_key`;
}
