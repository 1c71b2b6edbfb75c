import type { Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';

type LateInput = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly spec: Pick<Reconciliation, 'timing'>;
  /** Of what rests nothing is planned: it is counted on the record. */
  readonly isStirred: boolean;
};

/** How many groups have an actual record that came after it was due; 0 where the spec does not say when that is. */
export async function countLate(tx: Tx, input: LateInput): Promise<number> {
  const due = input.spec.timing?.dueWithinDays;
  if (due === undefined) return 0;
  const resting = tx`
    union all
    select m.match_id::text, '', m.side, r.occurred_on
    from match_member m
    join record r on r.workspace_id = m.workspace_id and r.record_id = m.record_id
    where m.workspace_id = ${input.workspaceId} and m.reconciliation_id = ${input.reconciliationId} and m.is_live
      and not exists (select from stirred_match s where s.match_id = m.match_id)`;
  const [row] = await tx<{ late: number }[]>`
    select count(*)::integer as late
    from (
      select from (
        select m.pass, m.group_key, m.side, p.occurred_on
        from planned_member m
        join pool p on p.record_id = m.record_id
        ${input.isStirred ? resting : tx``}
      ) as m (pass, group_key, side, occurred_on)
      group by m.pass, m.group_key
      having max(m.occurred_on) filter (where m.side = 'actual')
             - min(m.occurred_on) filter (where m.side = 'expected') > ${due}::integer
    ) as group_that_is_late`;
  return row?.late ?? 0;
}
