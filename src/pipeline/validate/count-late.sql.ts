import type { Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';

/** How many planned groups have an actual record that came after it was due; 0 where the spec does not say when that is. */
export async function countLate(tx: Tx, { timing }: Reconciliation): Promise<number> {
  const due = timing?.dueWithinDays;
  if (due === undefined) return 0;
  const [row] = await tx<{ late: number }[]>`
    select count(*)::integer as late
    from (
      select from planned_member m
      join pool p on p.record_id = m.record_id
      group by m.pass, m.group_key
      having max(p.occurred_on) filter (where m.side = 'actual')
             - min(p.occurred_on) filter (where m.side = 'expected') > ${due}::integer
    ) as group_that_is_late`;
  return row?.late ?? 0;
}
