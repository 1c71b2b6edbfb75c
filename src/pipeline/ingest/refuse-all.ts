import type { FeedContract } from '../../core/contract.ts';
import type { Tx } from '../../db/tx.ts';
import { copyLosers } from './copy-losers.sql.ts';
import { createLoser } from './create-loser.sql.ts';
import { splitRows } from './formats/split-rows.ts';
import { type Refused, refuseAccepted } from './refuse-accepted.sql.ts';

/** Turns every accepted row into a refused one, with its bytes; says how many. The text is read once more for these. */
export async function refuseAll(
  tx: Tx,
  { text, contract, why }: { text: AsyncIterable<Buffer>; contract: FeedContract; why: Refused },
): Promise<number> {
  await createLoser(tx);
  await copyLosers(tx, everyRow(text, contract));
  return await refuseAccepted(tx, why);
}

async function* everyRow(text: AsyncIterable<Buffer>, contract: FeedContract): AsyncGenerator<string> {
  for await (const rows of splitRows(text, contract)) {
    const lines = rows.map(({ line, bytes }) => `${line}\t\\\\x${bytes.toString('hex')}\n`);
    if (lines.length > 0) yield lines.join('');
  }
}
