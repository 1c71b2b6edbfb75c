import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Tx } from '../../db/tx.ts';

/** Copies lines and bytes, already in COPY's text format, into the table `loser`. */
export async function copyLosers(tx: Tx, lines: AsyncIterable<string>): Promise<void> {
  const target: Writable = await tx`copy loser (line, raw) from stdin`.writable();
  await pipeline(Readable.from(lines), target);
  await tx`analyze loser`;
}
