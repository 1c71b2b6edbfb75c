import { MOST_TOGETHER } from '../../core/caps.ts';
import type { Reconciliation, ReversalRule } from '../../core/spec.ts';
import { testSql } from '../../db/condition.sql.ts';
import { freeRecords } from '../../db/free-records.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { keptKey, keyExpression } from './key-expression.ts';

/** Plans the sets of one reversal rule: what reverses and what it names leave together, where they come to nothing. */
export async function findReversals(
  tx: Tx,
  { spec, rule, index }: { spec: Reconciliation; rule: ReversalRule; index: number },
): Promise<void> {
  const { amount } = spec[rule.side];
  const place = { tx, row: { expected: 'p', actual: 'p' }, currency: tx`p.currency`, ofGroup: new Map() };
  const isReversal = testSql(rule.when.test, place);
  const { rows, isFree } = await freeRecords(tx, undefined);
  await tx`
    with free as materialized (
      select p.record_id, p.amount_minor, p.currency, ${isReversal} as is_reversal,
             case when ${isReversal} then ${keyExpression(tx, { names: rule.names, amount })}
                  else ${keyExpression(tx, { names: rule.named, amount })} end as set_key
      from ${rows}
      where p.side = ${rule.side} and ${isFree}
    ),
    nothing as (
      select set_key
      from free
      where set_key is not null
      group by set_key
      having bool_or(is_reversal) and not bool_and(is_reversal) and count(*) <= ${MOST_TOGETHER}
         and (count(amount_minor) = 0
              or (count(amount_minor) = count(*) and min(currency) = max(currency) and sum(amount_minor) = 0))
    ),
    named as (
      select record_id, ${`${index}|`}::text || free.set_key as group_key from free join nothing using (set_key)
    )
    insert into planned_set (pass, group_key, record_id, side)
    select 'reversals', ${keptKey(tx, 'named.group_key')}, named.record_id, ${rule.side} from named`;
  await tx`analyze planned_set`;
}
