import type { Tx } from '../../db/tx.ts';

/** Far below a million objects at once, and few enough round trips. */
const BATCH = 10_000;

/** The lines of the accepted rows that lose to another row or to the record, ascending. */
export async function loserLines(tx: Tx): Promise<readonly number[]> {
  const lines: number[] = [];
  const batches = tx<{ line: number }[]>`
    select line from planned where outcome in ('duplicate_key', 'older_revision', 'superseded', 'older_delivery') order by line`.cursor(
    BATCH,
  );
  for await (const batch of batches) for (const { line } of batch) lines.push(line);
  return lines;
}
