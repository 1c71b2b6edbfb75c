import type { FeedContract } from '../../core/contract.ts';
import { belongs, type CanonicalRow, type RowRefusal, readRow } from '../../core/row.ts';
import { copyLine } from './copy-text.ts';
import { interpreterOf } from './formats/interpret.ts';
import type { Interpreter } from './formats/interpreter.ts';
import type { RowBytes } from './formats/row-splitter.ts';
import { cutterOf } from './formats/split-rows.ts';
import { type Noticed, newNoticed, notice, wordsFor } from './noticed.ts';
import { plainLinesReader } from './plain-lines.ts';
import type { DeliveryProblem } from './problem.ts';
import { addAmount, type Total } from './totals.ts';

/** A row as the delivery had it and what became of it: a record, or a refusal that keeps its bytes. */
export type ReadRow =
  | { readonly line: number; readonly row: CanonicalRow }
  | { readonly line: number; readonly refusal: RowRefusal; readonly raw: Buffer };

/** What was counted while reading; complete when the generator has ended. */
export type Reading = {
  /** Set when nothing of the delivery may be taken; rows that came out before it do not count. */
  problem: DeliveryProblem | undefined;
  rowsRead: number;
  rowsSkipped: number;
  /** The first row that was refused, in words. */
  firstRefusal: string | undefined;
  readonly warnings: string[];
  readonly reasons: Record<string, number>;
  /** The accepted rows' amounts by currency. */
  readonly amounts: Map<string, Total>;
};

export const newReading = (): Reading => ({
  problem: undefined,
  rowsRead: 0,
  rowsSkipped: 0,
  firstRefusal: undefined,
  warnings: [],
  reasons: {},
  amounts: new Map(),
});

/**
 * Every row of a delivery in file order, in batches; `reading` counts along and says at the end whether they may be used.
 */
export async function* readDelivery(
  chunks: AsyncIterable<Buffer>,
  contract: FeedContract,
  reading: Reading,
): AsyncGenerator<ReadRow[]> {
  const { cutter, finish, batch } = begin(contract, reading);
  for await (const chunk of chunks) {
    // Always to the end, problem or not: only the end shows whether the file changed meanwhile.
    if (reading.problem) continue;
    yield readBatch(cutter.push(chunk), batch);
    reading.problem ??= cutter.problem;
  }
  yield* finish();
}

/**
 * The same rows as lines for COPY. Stretches of plain CSV are read in one go, with the same outcome row by row, which a
 * property test holds.
 */
export async function* copyDelivery(
  chunks: AsyncIterable<Buffer>,
  { contract, reading, nextId }: { contract: FeedContract; reading: Reading; nextId: () => string },
): AsyncGenerator<string | Buffer> {
  const { cutter, finish, batch } = begin(contract, reading);
  const toLines = (rows: readonly ReadRow[]): string => rows.map((row) => copyLine(row, nextId())).join('');
  const strictly = (row: RowBytes): string => toLines(readBatch([row], batch));
  let takePlain: ReturnType<typeof plainLinesReader>;
  for await (const chunk of chunks) {
    if (reading.problem) continue;
    const columns = batch.interpreter.columns?.();
    takePlain ??= columns && plainLinesReader({ contract, columns, reading, nextId, strictly });
    const plain = takePlain && cutter.pushPlain?.(chunk);
    const lines = plain && takePlain ? takePlain(plain) : toLines(readBatch(cutter.push(chunk), batch));
    reading.problem ??= cutter.problem;
    if (lines.length > 0) yield lines;
  }
  for (const rows of finish()) if (rows.length > 0) yield toLines(rows);
}

function begin(contract: FeedContract, reading: Reading) {
  const cutter = cutterOf(contract);
  const interpreter = interpreterOf(contract, { warn: (words) => reading.warnings.push(...words) });
  const batch = { contract, interpreter, reading, noticed: newNoticed() };
  function* finish(): Generator<ReadRow[]> {
    if (reading.problem) return;
    yield readBatch(cutter.end(), batch);
    const end = interpreter.end();
    reading.problem ??= cutter.problem ?? end.problem;
    reading.warnings.push(...end.warnings);
    if (reading.rowsRead === 0)
      reading.warnings.push('the file has no rows; ask the source whether that is right');
    reading.warnings.push(...wordsFor(batch.noticed));
  }
  return { cutter, batch, finish };
}

type Batch = {
  readonly contract: FeedContract;
  readonly interpreter: Interpreter;
  readonly reading: Reading;
  readonly noticed: Noticed;
};

function readBatch(rows: readonly RowBytes[], { contract, interpreter, reading, noticed }: Batch): ReadRow[] {
  const out: ReadRow[] = [];
  for (const bytes of rows) {
    const raw = interpreter.interpret(bytes);
    if (raw === 'not a row') continue;
    if (typeof raw === 'object' && 'detail' in raw) {
      reading.problem = raw;
      return [];
    }
    reading.rowsRead += 1;
    if (raw === 'of another feed' || (raw.ok && !belongs(contract, raw.value))) {
      reading.rowsSkipped += 1;
      continue;
    }
    const row = raw.ok ? readRow(contract, raw.value) : raw;
    if (row.ok) {
      notice(noticed, row.value, bytes.line);
      addAmount(reading.amounts, row.value);
      out.push({ line: bytes.line, row: row.value });
    } else {
      reading.reasons[row.refusal.code] = (reading.reasons[row.refusal.code] ?? 0) + 1;
      reading.firstRefusal ??= `line ${bytes.line}: ${row.refusal.code}, ${row.refusal.detail}`;
      out.push({ line: bytes.line, refusal: row.refusal, raw: bytes.bytes });
    }
  }
  return out;
}
