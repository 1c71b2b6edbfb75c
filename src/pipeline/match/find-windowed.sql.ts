import { type Capped, LARGEST_SUM, MOST_PAIRS, MOST_TOGETHER } from '../../core/caps.ts';
import type { Apart } from '../../core/hand-match.ts';
import type { ExactPass, Reconciliation, Side, Window } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { keptKey, seenRecords } from './key-expression.ts';
import { poolKeyOfSide } from './pool-keys.ts';

const MANY = 2_147_483_647;

/**
 * Plans the groups of an exact pass whose records must also lie within some days of each other. Whoever may have one
 * partner only and could have two is left alone. Returns the keys that had too much behind them.
 */
export async function findWindowed(
  tx: Tx,
  input: {
    spec: Reconciliation;
    pass: ExactPass;
    window: Window;
    apart: Apart;
    firstPass: string | undefined;
  },
): Promise<Capped> {
  const { spec, pass, window } = input;
  const { rows, isSeen } = await seenRecords(tx, input);
  const lead: Side = pass.cardinality === 'many-to-one' ? 'actual' : 'expected';
  const most = pass.cardinality === 'one-to-one' ? 1 : MANY;
  const [own, other] = lead === 'expected' ? [tx`e`, tx`a`] : [tx`a`, tx`e`];
  const [capped] = await tx<{ keys: number; records: number }[]>`
    with free as materialized (
      select p.record_id, p.side, p.amount_minor, p.occurred_on, p.source_ref,
             ${poolKeyOfSide(tx, spec, pass)} as group_key
      from ${rows}
      where ${isSeen}
    ),
    shared as materialized (
      select group_key, count(*) as records,
             count(*) filter (where side = 'expected') * count(*) filter (where side = 'actual') <= ${MOST_PAIRS} as is_bearable
      from free
      where group_key is not null
      group by group_key
      having count(*) filter (where side = 'expected') > 0 and count(*) filter (where side = 'actual') > 0
    ),
    pair as materialized (
      select ${own}.record_id as lead_id, ${other}.record_id as partner_id,
             count(*) over (partition by ${other}.record_id) as leads
      from shared s
      join free e on e.group_key = s.group_key and e.side = 'expected'
      join free a on a.group_key = s.group_key and a.side = 'actual'
      where s.is_bearable and a.occurred_on - e.occurred_on between ${window.from}::integer and ${window.to}::integer
    ),
    grouped as materialized (
      select p.lead_id, array_agg(p.partner_id) as partner_ids, count(*) + 1 as records,
             count(*) < ${MOST_TOGETHER} and abs(coalesce(sum(f.amount_minor), 0)) <= ${LARGEST_SUM} as is_bearable
      from pair p
      join free f on f.record_id = p.partner_id
      group by p.lead_id
      having max(p.leads) = 1 and count(*) <= ${most}
    ),
    planned as (
      insert into planned_set (pass, group_key, record_id, side)
      select ${pass.name}, ${keptKey(tx, 'named.group_key')}, m.record_id, m.side
      from (
        select unnest(g.partner_ids || g.lead_id) as member_id,
               l.group_key || chr(31) || replace(l.source_ref, chr(31), ' ') as group_key
        from grouped g
        join free l on l.record_id = g.lead_id
        where g.is_bearable
      ) named
      join free m on m.record_id = named.member_id
    )
    select count(*)::integer as keys, coalesce(sum(records), 0)::integer as records
    from (
      select records from shared where not is_bearable
      union all
      select records from grouped where not is_bearable
    ) as too_much`;
  await tx`analyze planned_set`;
  return { pass: pass.name, keys: capped?.keys ?? 0, records: capped?.records ?? 0 };
}
