import { type Capped, LARGEST_SUM, MOST_TOGETHER } from '../../core/caps.ts';
import type { Apart } from '../../core/hand-match.ts';
import type { Cardinality, ExactPass, Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { keptKey, seenRecords } from './key-expression.ts';
import { poolKeyOfSide } from './pool-keys.ts';
import { GROUP_COLUMNS, inputOf, plannedGroup, sumsOf } from './sums.sql.ts';

/**
 * Plans the groups of an exact pass that may pair one record with several, over what earlier passes left, with their sums;
 * returns the keys that had too much behind them. The records are read once: of a pair its sums know which they are, and only
 * larger groups are looked up again, and the pairs of later passes, whose members stand by themselves.
 */
export async function findExact(
  tx: Tx,
  input: { spec: Reconciliation; pass: ExactPass; apart: Apart; firstPass: string | undefined },
): Promise<Capped> {
  const { spec, pass } = input;
  const { rows, isSeen } = await seenRecords(tx, input);
  // What the first pass takes is not in `free_pool`; what others take is looked for in `planned_set`.
  const holdsPairs = input.firstPass === undefined;
  const most = LIMITS[pass.cardinality];
  const isOfBoth = tx`
    count(*) filter (where m.side = 'expected') between 1 and ${most.expected}
    and count(*) filter (where m.side = 'actual') between 1 and ${most.actual}`;
  // What an earlier pass left shares few keys: those are counted before anything is summed (of 159,000 records 0.12 s instead of 0.24; 2026-12-01).
  const mayFit = holdsPairs
    ? tx`p.group_key is not null`
    : tx`p.group_key in (select s.group_key from shared s)`;
  const [capped] = await tx<{ keys: number; records: number }[]>`
    with free as materialized (
      select p.record_id, p.side, p.version, p.content_hash, p.amount_minor, p.currency, p.is_credit,
             ${poolKeyOfSide(tx, spec, pass)} as group_key
      from ${rows}
      where ${isSeen}
    ),
    shared as (
      select m.group_key from free m where m.group_key is not null group by m.group_key having ${isOfBoth}
    ),
    fitting as materialized (
      select m.group_key, ${sumsOf(tx)},
             count(*) <= ${MOST_TOGETHER}
               and abs(coalesce(sum(m.amount_minor) filter (where m.side = 'expected'), 0)) <= ${LARGEST_SUM}
               and abs(coalesce(sum(m.amount_minor) filter (where m.side = 'actual'), 0)) <= ${LARGEST_SUM} as is_bearable
      from (select p.*, ${inputOf(tx)} as input from free p where ${mayFit}) m
      group by m.group_key
      having ${isOfBoth}
    ),
    planned as (
      insert into planned_group (pass, group_key, ${GROUP_COLUMNS(tx)}, holds_members)
      select ${pass.name}, ${keptKey(tx, 's.group_key')}, ${plannedGroup(tx, spec, tx`false`)}, s.size = 2 and ${holdsPairs}
      from fitting s
      where s.is_bearable
      order by s.group_key
    ),
    member as (
      insert into planned_set (pass, group_key, record_id, side)
      select ${pass.name}, ${keptKey(tx, 'free.group_key')}, free.record_id, free.side
      from fitting s
      join free on free.group_key = s.group_key
      where s.is_bearable and (s.size > 2 or not ${holdsPairs})
    )
    select count(*)::integer as keys, coalesce(sum(size), 0)::integer as records
    from fitting where not is_bearable`;
  await tx`analyze planned_set`;
  return { pass: pass.name, keys: capped?.keys ?? 0, records: capped?.records ?? 0 };
}

const MANY = 2_147_483_647;

const LIMITS = {
  'one-to-one': { expected: 1, actual: 1 },
  'one-to-many': { expected: 1, actual: MANY },
  'many-to-one': { expected: MANY, actual: 1 },
  'many-to-many': { expected: MANY, actual: MANY },
} as const satisfies Record<Cardinality, { expected: number; actual: number }>;
