import type { FeedContract } from '../../core/contract.ts';
import type { Tx } from '../../db/tx.ts';
import { copyLosers } from './copy-losers.sql.ts';
import { createLoser } from './create-loser.sql.ts';
import { type DeliveredFile, readAgain } from './delivered-file.ts';
import { loserLines } from './loser-lines.sql.ts';
import { refuseLosers } from './refuse-losers.sql.ts';
import { splitRows } from './split-rows.ts';

/**
 * Marks the staged rows that lose as refused, with their bytes. The file is read once more for these: to stage the bytes
 * of every row would cost each delivery what only few need.
 */
export async function keepLosers(
  tx: Tx,
  { file, contract }: { file: DeliveredFile; contract: FeedContract },
): Promise<void> {
  const lines = await loserLines(tx);
  await createLoser(tx);
  await copyLosers(tx, pick(file, { contract, lines }));
  const kept = await refuseLosers(tx);
  if (kept !== lines.length) throw new Error(`${kept} of ${lines.length} losing rows were found again`);
}

/** The rows that start on `lines` (ascending), in COPY's text format. */
async function* pick(
  file: DeliveredFile,
  { contract, lines }: { contract: FeedContract; lines: readonly number[] },
): AsyncGenerator<string> {
  let next = 0;
  for await (const rows of splitRows(readAgain(file), contract)) {
    let text = '';
    for (const { line, bytes } of rows) {
      if (line !== lines[next]) continue;
      text += `${line}\t\\\\x${bytes.toString('hex')}\n`;
      next += 1;
    }
    if (text !== '') yield text;
  }
}
