import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Tx } from '../../db/tx.ts';
import { framed } from './copy-staged.sql.ts';
import type { SpareMemory } from './spare-memory.ts';

/**
 * Copies rows, as src/pipeline/ingest/copy-binary.ts writes them, into `record`: the feed has none but those that came before
 * in the same file. They go by its parent, since COPY into a table with row-level security is refused; the database fills in
 * the workspace. `memory` is given each block when nobody reads it any more.
 *
 * Throws: a violation of `record_source_ref_unique` when a key comes twice.
 */
export async function copyRecords(tx: Tx, rows: AsyncIterable<Buffer>, memory: SpareMemory): Promise<void> {
  const target: Writable = await tx`
    copy record_intake (line, source_ref, revision, content_hash, amount_minor, currency, occurred_on, client, order_ref,
                        fields, record_id, feed_id, delivery_id)
    from stdin with (format binary)`.writable();
  // Without a stream between, what was handed out stands in the target or is written.
  await pipeline(framed(givenBack(rows, target, memory)), target);
}

async function* givenBack(
  rows: AsyncIterable<Buffer>,
  target: Writable,
  memory: SpareMemory,
): AsyncGenerator<Buffer> {
  let handedOut: Buffer[] = [];
  for await (const block of rows) {
    yield block;
    handedOut.push(block);
    if (target.writableLength > 0) continue;
    for (const written of handedOut) memory.give(written);
    handedOut = [];
  }
}
