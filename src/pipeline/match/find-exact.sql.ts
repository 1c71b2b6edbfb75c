import { type Capped, LARGEST_SUM, MOST_TOGETHER } from '../../core/caps.ts';
import type { Cardinality, ExactPass, Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { keptKey, keyExpression, seenRecords } from './key-expression.ts';

/** Plans the groups of one exact pass over what earlier passes left; returns the keys that had too much behind them. */
export async function findExact(
  tx: Tx,
  { spec, pass, firstPass }: { spec: Reconciliation; pass: ExactPass; firstPass: string | undefined },
): Promise<Capped> {
  const expectedKey = keyExpression(tx, pass.expected, spec.expected.amount);
  const actualKey = keyExpression(tx, pass.actual, spec.actual.amount);
  const { rows, isSeen } = seenRecords(tx, firstPass);
  const [capped] = await tx<{ keys: number; records: number }[]>`
    with free as materialized (
      select p.record_id, p.side, p.amount_minor,
             case p.side when 'expected' then ${expectedKey} else ${actualKey} end as group_key
      from ${rows}
      where ${isSeen}
    ),
    fitting as materialized (
      select group_key, count(*) as records,
             count(*) <= ${MOST_TOGETHER}
               and abs(coalesce(sum(amount_minor) filter (where side = 'expected'), 0)) <= ${LARGEST_SUM}
               and abs(coalesce(sum(amount_minor) filter (where side = 'actual'), 0)) <= ${LARGEST_SUM} as is_bearable
      from free
      where group_key is not null
      group by group_key
      having count(*) filter (where side = 'expected') between 1 and ${limits(pass.cardinality).expected}
         and count(*) filter (where side = 'actual') between 1 and ${limits(pass.cardinality).actual}
    ),
    planned as (
      insert into planned_member (pass, group_key, record_id, side)
      select ${pass.name}, ${keptKey(tx, 'free.group_key')}, free.record_id, free.side
      from free
      join fitting on fitting.group_key = free.group_key and fitting.is_bearable
    )
    select count(*)::integer as keys, coalesce(sum(records), 0)::integer as records
    from fitting where not is_bearable`;
  await tx`analyze planned_member`;
  return { pass: pass.name, keys: capped?.keys ?? 0, records: capped?.records ?? 0 };
}

const MANY = 2_147_483_647;

const LIMITS = {
  'one-to-one': { expected: 1, actual: 1 },
  'one-to-many': { expected: 1, actual: MANY },
  'many-to-one': { expected: MANY, actual: 1 },
  'many-to-many': { expected: MANY, actual: MANY },
} as const satisfies Record<Cardinality, { expected: number; actual: number }>;

const limits = (cardinality: Cardinality) => LIMITS[cardinality];
