import { pairKey } from '../../core/match-key.ts';
import type { Explained, Made } from '../../core/similar-pass.ts';
import type { Decide, Reconciliation } from '../../core/spec.ts';
import { copyRows } from '../../db/copy-rows.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { explanationWriter } from './explained-json.ts';
import { keptKey } from './key-expression.ts';
import { GROUP_COLUMNS, pairOf } from './sums.sql.ts';

type PlanInput = {
  readonly spec: Reconciliation;
  readonly pass: string;
  /** Nothing has been taken out of the pool. */
  readonly isFirst: boolean;
};

/** Plans the pairs of a similar pass as groups of two, each with what it was paired on. */
export async function planPairs(tx: Tx, input: PlanInput, pairs: Made<Explained>): Promise<void> {
  if (pairs.count === 0) return;
  const { spec, pass } = input;
  await copyRows(tx, PAIRS, rowsOf({ pass, decide: spec.decide }, pairs));
  await tx`update planned_pair e set group_key = ${keptKey(tx, 'e.group_key')} where length(e.group_key) > 400`;
  // Unless the planner knows how few they are, all matches are sorted to be joined with them, and not written as they stand.
  await tx`analyze planned_pair (pass, expected_id, actual_id)`;
  const records = input.isFirst ? tx`pool` : tx`free_pool`;
  await tx`
    insert into planned_group (pass, group_key, ${GROUP_COLUMNS(tx)})
    select pair.pass, pair.group_key, ${pairOf(tx, spec)}
    from planned_pair pair
    join ${records} e on e.record_id = pair.expected_id
    join ${records} a on a.record_id = pair.actual_id
    where pair.pass = ${pass}
    order by pair.group_key`;
  await tx`
    insert into planned_set (pass, group_key, record_id, side)
    select pass, group_key, expected_id, 'expected' from planned_pair where pass = ${pass}
    union all
    select pass, group_key, actual_id, 'actual' from planned_pair where pass = ${pass}`;
  await tx`analyze planned_set`;
}

const PAIRS = {
  table: 'planned_pair',
  columns: ['pass', 'group_key', 'expected_id', 'actual_id', 'explained'],
} as const;

/** Made while the database takes in those before: explaining a pair takes about as long as storing it. */
function* rowsOf(
  { pass, decide }: { pass: string; decide: Decide },
  pairs: Iterable<Explained>,
): Generator<readonly string[]> {
  const write = explanationWriter(decide);
  for (const pair of pairs) {
    const { expected, actual } = pair;
    yield [pass, pairKey(expected, actual), expected.recordId, actual.recordId, write(pair)];
  }
}
