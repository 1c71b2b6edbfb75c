import type { Cardinality, ExactPass, Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { isFree, keptKey, keyExpression } from './key-expression.ts';

/** Plans the groups of one exact pass over what earlier passes left. */
export async function findExact(
  tx: Tx,
  { spec, pass }: { spec: Reconciliation; pass: ExactPass },
): Promise<void> {
  const expectedKey = keyExpression(tx, pass.expected, spec.expected.amount);
  const actualKey = keyExpression(tx, pass.actual, spec.actual.amount);
  await tx`
    with free as materialized (
      select p.record_id, p.side,
             case p.side when 'expected' then ${expectedKey} else ${actualKey} end as group_key
      from pool p
      where ${isFree(tx)}
    ),
    fitting as (
      select group_key
      from free
      where group_key is not null
      group by group_key
      having count(*) filter (where side = 'expected') between 1 and ${limits(pass.cardinality).expected}
         and count(*) filter (where side = 'actual') between 1 and ${limits(pass.cardinality).actual}
    )
    insert into planned_member (pass, group_key, record_id, side)
    select ${pass.name}, ${keptKey(tx, 'free.group_key')}, free.record_id, free.side
    from free
    join fitting on fitting.group_key = free.group_key`;
  await tx`analyze planned_member`;
}

const MANY = 2_147_483_647;

const LIMITS = {
  'one-to-one': { expected: 1, actual: 1 },
  'one-to-many': { expected: 1, actual: MANY },
  'many-to-one': { expected: MANY, actual: 1 },
  'many-to-many': { expected: MANY, actual: MANY },
} as const satisfies Record<Cardinality, { expected: number; actual: number }>;

const limits = (cardinality: Cardinality) => LIMITS[cardinality];
