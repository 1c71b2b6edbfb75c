import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Tx } from '../../db/tx.ts';

/** Copies lines, already in COPY's text format, into the table `staged`, or one that is like it. */
export async function copyStaged(
  tx: Tx,
  lines: AsyncIterable<string | Buffer>,
  into: 'staged' | 'batch' = 'staged',
): Promise<void> {
  const target: Writable = await tx`
    copy ${tx(into)} (line, reason, field, detail, raw, source_ref, revision, content_hash, amount_minor, currency,
                 occurred_on, client, order_ref, fields, record_id, is_removal)
    from stdin`.writable();
  await pipeline(Readable.from(lines), target);
}
