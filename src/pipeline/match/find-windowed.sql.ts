import { type Capped, LARGEST_SUM, MOST_TOGETHER } from '../../core/caps.ts';
import type { Apart } from '../../core/hand-match.ts';
import { type ExactPass, otherSide, type Reconciliation, type Side, type Window } from '../../core/spec.ts';
import type { SqlPart } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { keptKey, seenRecords } from './key-expression.ts';
import { poolKeyOfSide } from './pool-keys.ts';

const MANY = 2_147_483_647;

/**
 * Plans the groups of an exact pass whose records must also lie within some days of each other. Whoever may have one
 * partner only and could have two is left alone. Returns the keys that had too much behind them.
 *
 * Of each record it is counted how many it could go to, in the order of days, and only who has one is joined with it: pair by pair,
 * 200 keys with 500 records on each side took 34 s, and as many more with each more key (2026-11-30).
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
  const partner = otherSide(lead);
  const most = pass.cardinality === 'one-to-one' ? 1 : MANY;
  const [capped] = await tx<{ keys: number; records: number }[]>`
    with free as materialized (
      select p.record_id, p.side, p.amount_minor, p.occurred_on - date '2000-01-01' as day, p.source_ref,
             ${poolKeyOfSide(tx, spec, pass)} as group_key, (row_number() over ())::integer as nth
      from ${rows}
      where ${isSeen}
    ),
    near as materialized (
      select f.record_id, f.side, f.nth, f.group_key, f.source_ref, f.amount_minor,
             count(*) filter (where f.side = ${lead}) over of_partner as leads,
             sum(f.nth) filter (where f.side = ${lead}) over of_partner as only_lead,
             count(*) filter (where f.side = ${partner}) over of_lead as partners
      from free f
      where f.group_key is not null
      window of_partner as (partition by f.group_key order by f.day range between ${daysFrom(tx, window, partner)}),
             of_lead as (partition by f.group_key order by f.day range between ${daysFrom(tx, window, lead)})
    ),
    grouped as materialized (
      select l.nth, array_agg(p.record_id) as partner_ids, count(*) + 1 as records,
             count(*) < ${MOST_TOGETHER} and abs(coalesce(sum(p.amount_minor), 0)) <= ${LARGEST_SUM} as is_bearable
      from near l
      join near p on p.only_lead = l.nth
      where l.side = ${lead} and p.side = ${partner} and p.leads = 1
      group by l.nth
      having count(*) = max(l.partners) and count(*) <= ${most}
    ),
    planned as (
      insert into planned_set (pass, group_key, record_id, side)
      select ${pass.name}, ${keptKey(tx, 'named.group_key')}, m.record_id, m.side
      from (
        select unnest(g.partner_ids || l.record_id) as member_id,
               l.group_key || chr(31) || replace(l.source_ref, chr(31), ' ') as group_key
        from grouped g
        join near l on l.nth = g.nth
        where g.is_bearable
      ) named
      join free m on m.record_id = named.member_id
    )
    select count(*)::integer as keys, coalesce(sum(records), 0)::integer as records
    from grouped where not is_bearable`;
  await tx`analyze planned_set`;
  return { pass: pass.name, keys: capped?.keys ?? 0, records: capped?.records ?? 0 };
}

/** The days, from a record of `side`, on which those of the other side may lie. */
function daysFrom(tx: Tx, { from, to }: Window, side: Side): SqlPart {
  const [first, last] = side === 'expected' ? [from, to] : [-to, -from];
  const offset = (days: number): SqlPart =>
    days < 0 ? tx`${-days}::integer preceding` : tx`${days}::integer following`;
  return tx`${offset(first)} and ${offset(last)}`;
}
