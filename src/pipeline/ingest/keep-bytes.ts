import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Tx } from '../../db/tx.ts';
import { insertPart } from './insert-part.sql.ts';
import type { DeliveredFile } from './open/delivered-file.ts';

const PART = 4 * 1024 ** 2;

/** More than this, packed, is delivered again rather than kept. */
export const MOST_KEPT = 512 * 1024 ** 2;

/** Keeps the bytes of a delivery that is not taken yet, packed, so that it can be read later whatever became of the file. */
export async function keepBytes(
  tx: Tx,
  file: DeliveredFile,
  about: { readonly workspaceId: string; readonly deliveryId: string },
): Promise<void> {
  const isPacked = file.head[0] === 0x1f && file.head[1] === 0x8b;
  const bytes = createReadStream(file.path);
  const packed = isPacked ? bytes : bytes.pipe(createGzip());
  bytes.on('error', (error) => packed.destroy(error));
  let part = 0;
  for await (const chunk of parts(packed)) {
    part += 1;
    if (part * PART > MOST_KEPT) throw new Error('the delivery is too large to be kept');
    await insertPart(tx, { ...about, part, bytes: chunk });
  }
}

async function* parts(packed: Readable): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of packed as AsyncIterable<Buffer>) {
    held.push(chunk);
    size += chunk.length;
    if (size < PART) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}
