import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Tx } from '../../db/tx.ts';
import { COPY_END, COPY_HEAD } from './copy-binary.ts';

/** Copies rows, as src/pipeline/ingest/copy-binary.ts writes them, into the table `staged`. */
export async function copyStaged(tx: Tx, rows: AsyncIterable<Buffer>): Promise<void> {
  const target: Writable = await tx`
    copy staged (line, reason, field, detail, raw, source_ref, revision, content_hash, amount_minor, currency,
                 occurred_on, client, order_ref, fields, record_id, is_removal)
    from stdin with (format binary)`.writable();
  await pipeline(Readable.from(framed(rows)), target);
}

/** Rows between what COPY's binary format begins and ends with. */
export async function* framed(rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield COPY_HEAD;
  yield* rows;
  yield COPY_END;
}
