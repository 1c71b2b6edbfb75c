import type { Made, Rejected } from '../../core/similar-pass.ts';
import type { Decide } from '../../core/spec.ts';
import { copyRows } from '../../db/copy-rows.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { explanationWriter } from './explained-json.ts';

/** Keeps what came close to each record that a similar pass left alone; a later pass's say replaces an earlier one's. */
export async function planRejections(
  tx: Tx,
  by: { pass: string; decide: Decide },
  rejected: Made<Rejected>,
): Promise<void> {
  if (rejected.count === 0) return;
  await copyRows(tx, REJECTIONS, rowsOf(by, rejected));
  await tx`
    delete from planned_rejection earlier
    using planned_rejection later
    where later.pass = ${by.pass} and earlier.pass <> later.pass and earlier.record_id = later.record_id`;
}

const REJECTIONS = {
  table: 'planned_rejection',
  columns: ['record_id', 'rank', 'candidate_id', 'pass', 'verdict', 'explained'],
} as const;

/** Made while the database takes in those before. */
function* rowsOf(
  { pass, decide }: { pass: string; decide: Decide },
  rejected: Iterable<Rejected>,
): Generator<readonly (string | number)[]> {
  const write = explanationWriter(decide);
  for (const one of rejected) {
    const { side, expected, actual, rank, verdict } = one;
    const [own, other] = side === 'expected' ? [expected, actual] : [actual, expected];
    yield [own.recordId, rank, other.recordId, pass, verdict, write(one)];
  }
}
