import type { FeedContract } from '../../core/contract.ts';
import type { Tx } from '../../db/tx.ts';
import { copyLosers } from './copy-losers.sql.ts';
import { createLoser } from './create-loser.sql.ts';
import { splitRows } from './formats/split-rows.ts';
import { loserLines } from './loser-lines.sql.ts';
import { refuseLosers } from './refuse-losers.sql.ts';

/**
 * Marks the staged rows that lose as refused, with their bytes. The text is read once more for these: to stage the bytes
 * of every row would cost each delivery what only few need.
 */
export async function keepLosers(
  tx: Tx,
  { text, contract }: { text: AsyncIterable<Buffer>; contract: FeedContract },
): Promise<void> {
  const lines = await loserLines(tx);
  await createLoser(tx);
  await copyLosers(tx, pick(text, { contract, lines }));
  const kept = await refuseLosers(tx);
  if (kept !== lines.length) throw new Error(`${kept} of ${lines.length} losing rows were found again`);
}

/** The rows that start on `lines` (ascending), in COPY's text format. */
async function* pick(
  text: AsyncIterable<Buffer>,
  { contract, lines }: { contract: FeedContract; lines: readonly number[] },
): AsyncGenerator<string> {
  let next = 0;
  for await (const rows of splitRows(text, contract)) {
    let picked = '';
    for (const { line, bytes } of rows) {
      if (line !== lines[next]) continue;
      picked += `${line}\t\\\\x${bytes.toString('hex')}\n`;
      next += 1;
    }
    if (picked !== '') yield picked;
  }
}
