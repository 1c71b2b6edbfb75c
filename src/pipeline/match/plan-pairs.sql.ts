import { pairKey } from '../../core/match-key.ts';
import type { Explained } from '../../core/similar-pass.ts';
import type { Decide } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { explainedJson } from './explained-json.ts';
import { keptKey } from './key-expression.ts';

/** Plans the pairs of a similar pass as groups of two, each with what it was paired on. */
export async function planPairs(
  tx: Tx,
  { pass, decide }: { pass: string; decide: Decide },
  pairs: readonly Explained[],
): Promise<void> {
  if (pairs.length === 0) return;
  await tx`
    with pair as (
      select ${pass}::text as pass, ${keptKey(tx, 'given.key')} as group_key, given.expected_id, given.actual_id, given.explained
      from unnest(${pairs.map(({ expected, actual }) => pairKey(expected, actual))}::text[],
                  ${pairs.map(({ expected }) => expected.recordId)}::uuid[],
                  ${pairs.map(({ actual }) => actual.recordId)}::uuid[],
                  ${pairs.map((pair) => explainedJson(pair, decide))}::text[]) as given (key, expected_id, actual_id, explained)
    ),
    kept as (
      insert into planned_pair (pass, group_key, explained)
      select pass, group_key, explained::json from pair
    )
    insert into planned_member (pass, group_key, record_id, side)
    select pass, group_key, expected_id, 'expected' from pair
    union all
    select pass, group_key, actual_id, 'actual' from pair`;
  await tx`analyze planned_member`;
}
