import type { Apart } from '../../core/hand-match.ts';
import type { ExactPass, Reconciliation } from '../../core/spec.ts';
import { freeRecords } from '../../db/free-records.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { poolKeyOfSide } from './pool-keys.ts';

/**
 * Keeps in `stood_aside` the records that an exact pass does not see, because they share a key with a record that they
 * are kept apart from. The rule is `withoutAside` of core/hand-match.ts; a property test holds them equal.
 */
export async function standAside(
  tx: Tx,
  input: { spec: Reconciliation; pass: ExactPass; apart: Apart; firstPass: string | undefined },
): Promise<void> {
  const { spec, pass, apart, firstPass } = input;
  const { rows, isFree } = await freeRecords(tx, firstPass);
  await tx`delete from stood_aside`;
  if (apart.size === 0) return;
  const key = poolKeyOfSide(tx, spec, pass);
  await tx`
    insert into stood_aside (record_id)
    with free as materialized (select p.record_id, p.side, ${key} as group_key from ${rows} where ${isFree}),
    meeting as (
      select x.expected_id, x.actual_id, e.group_key
      from apart x
      join free e on e.record_id = x.expected_id
      join free a on a.record_id = x.actual_id and a.group_key = e.group_key
    ),
    size as (
      select f.group_key, count(*) filter (where f.side = 'expected') as expected,
             count(*) filter (where f.side = 'actual') as actual
      from free f
      where f.group_key in (select m.group_key from meeting m)
      group by f.group_key
    )
    select distinct case when size.expected > size.actual then m.expected_id else m.actual_id end
    from meeting m
    join size on size.group_key = m.group_key`;
}
