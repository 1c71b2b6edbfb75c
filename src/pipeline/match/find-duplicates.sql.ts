import { type Capped, MOST_TOGETHER } from '../../core/caps.ts';
import type { DuplicateRule, Reconciliation } from '../../core/spec.ts';
import { freeRecords } from '../../db/free-records.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { keptKey } from './key-expression.ts';
import { poolKey } from './pool-keys.ts';

/**
 * Plans the sets of one duplicate rule: `nth` 1 stays in matching, the others have left it. Returns the keys that had too much behind
 * them: half a feed repeats nothing, it lacks what tells its records apart.
 */
export async function findDuplicates(
  tx: Tx,
  { spec, rule, index }: { spec: Reconciliation; rule: DuplicateRule; index: number },
): Promise<Capped> {
  const key = poolKey(tx, spec, { side: rule.side, names: rule.same });
  const { rows, isFree } = await freeRecords(tx, undefined);
  const [capped] = await tx<{ keys: number; records: number }[]>`
    with keyed as (
      select p.record_id, p.occurred_on, p.source_ref, ${key} as group_key
      from ${rows}
      where p.side = ${rule.side} and ${isFree}
    ),
    repeated as materialized (
      select group_key, count(*) as records from keyed where group_key is not null group by group_key having count(*) > 1
    ),
    planned as (
      insert into planned_duplicate (rule, group_key, record_id, nth)
      select ${index}::integer, ${keptKey(tx, 'keyed.group_key')}, keyed.record_id,
             row_number() over (partition by keyed.group_key
                                order by keyed.occurred_on, keyed.source_ref collate "C", keyed.record_id)
      from keyed
      join repeated on repeated.group_key = keyed.group_key
      where repeated.records <= ${MOST_TOGETHER}
    )
    select count(*)::integer as keys, coalesce(sum(records), 0)::integer as records
    from repeated where records > ${MOST_TOGETHER}`;
  await tx`analyze planned_duplicate`;
  return { pass: rule.raise, keys: capped?.keys ?? 0, records: capped?.records ?? 0 };
}
