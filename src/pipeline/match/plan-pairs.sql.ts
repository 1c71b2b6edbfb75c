import { pairKey } from '../../core/match-key.ts';
import type { Explained, Made } from '../../core/similar-pass.ts';
import type { Decide } from '../../core/spec.ts';
import { copyRows } from '../../db/copy-rows.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { explanationWriter } from './explained-json.ts';
import { keptKey } from './key-expression.ts';

/** Plans the pairs of a similar pass as groups of two, each with what it was paired on. */
export async function planPairs(
  tx: Tx,
  by: { pass: string; decide: Decide },
  pairs: Made<Explained>,
): Promise<void> {
  if (pairs.count === 0) return;
  await copyRows(tx, PAIRS, rowsOf(by, pairs));
  await tx`update planned_pair e set group_key = ${keptKey(tx, 'e.group_key')} where length(e.group_key) > 400`;
  await tx`
    insert into planned_set (pass, group_key, record_id, side)
    select pass, group_key, expected_id, 'expected' from planned_pair where pass = ${by.pass}
    union all
    select pass, group_key, actual_id, 'actual' from planned_pair where pass = ${by.pass}`;
  await tx`analyze planned_set`;
  // Unless the planner knows how few they are, all matches are sorted to be joined with them, and not written as they stand.
  await tx`analyze planned_pair (pass, expected_id)`;
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
