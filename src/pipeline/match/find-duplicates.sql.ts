import type { DuplicateRule, Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { isFree, keptKey, keyExpression } from './key-expression.ts';

/** Plans the sets of one duplicate rule: `nth` 1 stays in matching, the others have left it. */
export async function findDuplicates(
  tx: Tx,
  { spec, rule, index }: { spec: Reconciliation; rule: DuplicateRule; index: number },
): Promise<void> {
  const key = keyExpression(tx, rule.same, spec[rule.side].amount);
  await tx`
    with keyed as (
      select p.record_id, p.occurred_on, p.source_ref, ${key} as group_key
      from pool p
      where p.side = ${rule.side} and ${isFree(tx)}
    ),
    numbered as (
      select group_key, record_id, count(*) over (partition by group_key) as size,
             row_number() over (partition by group_key
                                order by occurred_on, source_ref collate "C", record_id) as nth
      from keyed
      where group_key is not null
    )
    insert into planned_duplicate (rule, group_key, record_id, nth)
    select ${index}::integer, ${keptKey(tx, 'group_key')}, record_id, nth from numbered where size > 1`;
  await tx`analyze planned_duplicate`;
}
