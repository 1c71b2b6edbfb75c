import type { FeedContract } from '../../core/contract.ts';
import { type Seen, vocabularyColumns } from '../../core/intake/drift.ts';
import { isSampled, Observer } from '../../core/intake/observed.ts';
import {
  belongs,
  type CanonicalRow,
  isRemoved,
  type RawRow,
  type RowKey,
  type RowRefusal,
  readKey,
  readRow,
} from '../../core/row.ts';
import { ByteWriter } from './byte-writer.ts';
import { copyRow, type Target } from './copy-binary.ts';
import { interpreterOf } from './formats/interpret.ts';
import type { Interpreter, RowView } from './formats/interpreter.ts';
import type { RowBytes } from './formats/row-splitter.ts';
import { cutterOf } from './formats/split-rows.ts';
import { type Noticed, newNoticed, notice, wordsFor } from './noticed.ts';
import { plainLinesReader } from './plain-lines.ts';
import type { DeliveryProblem } from './problem.ts';
import type { SpareMemory } from './spare-memory.ts';
import { addAmount, type Total } from './totals.ts';

/** A row as the delivery had it and what became of it: a record, or a refusal that keeps its bytes. */
export type ReadRow =
  | { readonly line: number; readonly row: CanonicalRow }
  /** The record of this key is no more. */
  | { readonly line: number; readonly removal: RowKey }
  | {
      readonly line: number;
      readonly refusal: RowRefusal;
      readonly raw: Buffer;
      /** Where the key at least could be read. */
      readonly key: Partial<RowKey> | undefined;
    };

/** What was counted while reading; complete when the generator has ended. */
export type Reading = {
  /** Columns that only optional fields read, and that are not there: whether that is a change, the deliveries before say. */
  missing: DeliveryProblem | undefined;
  /** Set when nothing of the delivery may be taken; rows that came out before it do not count. */
  problem: DeliveryProblem | undefined;
  rowsRead: number;
  rowsSkipped: number;
  /** Rows that take a record back. */
  removals: number;
  /** The first row that was refused, in words. */
  firstRefusal: string | undefined;
  readonly warnings: string[];
  /** Columns that nobody reads, in words. */
  readonly unread: string[];
  readonly reasons: Record<string, number>;
  /** The accepted rows' amounts by currency. */
  readonly amounts: Map<string, Total>;
  /** Refused rows by field and reason. */
  readonly refused: Map<string, { readonly field: string; readonly reason: string; rows: number }>;
  readonly observer: Observer;
  /** As the heading of a file of cells has them. */
  columns: readonly string[] | undefined;
};

export const newReading = (contract: FeedContract): Reading => ({
  missing: undefined,
  problem: undefined,
  rowsRead: 0,
  rowsSkipped: 0,
  removals: 0,
  firstRefusal: undefined,
  warnings: [],
  unread: [],
  reasons: {},
  amounts: new Map(),
  refused: new Map(),
  observer: new Observer(vocabularyColumns(contract)),
  columns: undefined,
});

/** What of a delivery is compared with others, now and by later ones. */
export const seenOf = (reading: Reading, duplicates: number): Seen => ({
  observed: reading.observer.result(),
  reads: {
    rows: reading.rowsRead - reading.rowsSkipped,
    refused: [...reading.refused.values()].map(({ field, reason, rows }) => ({ field, reason, rows })),
    duplicates,
  },
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
 * The same rows in COPY's format. Stretches of plain CSV are read in one go, with the same outcome row by row, which a
 * property test holds.
 */
export async function* copyDelivery(
  chunks: AsyncIterable<Buffer>,
  {
    contract,
    reading,
    target,
    memory,
  }: { contract: FeedContract; reading: Reading; target: Target; memory?: SpareMemory },
): AsyncGenerator<Buffer> {
  const { cutter, finish, batch } = begin(contract, reading);
  const strictly = (row: RowBytes): string =>
    readBatch([row], batch)
      .map((read) => copyRow(read, target))
      .join('');
  let takePlain: ReturnType<typeof plainLinesReader>;
  for await (const chunk of chunks) {
    if (reading.problem) continue;
    const columns = batch.interpreter.columns?.();
    // Plain lines are read by what is in them alone.
    takePlain ??= contract.asOf
      ? undefined
      : columns && plainLinesReader({ contract, columns, reading, target, strictly, memory });
    const plain = takePlain && cutter.pushPlain?.(chunk);
    const rows =
      plain && takePlain ? takePlain(plain) : toBytes(readBatch(cutter.push(chunk), batch), target);
    reading.problem ??= cutter.problem;
    if (rows.length > 0) yield rows;
  }
  for (const rows of finish()) if (rows.length > 0) yield toBytes(rows, target);
}

/** Most rows of a delivery are shorter for COPY than this. */
const USUAL_BYTES = 1_024;

function toBytes(rows: readonly ReadRow[], target: Target): Buffer {
  const copied = new ByteWriter(rows.length * USUAL_BYTES);
  for (const row of rows) copied.write(copyRow(row, target));
  return copied.take();
}

/**
 * Rows that were kept out earlier, read anew under the heading they had, in COPY's format. What the contract leaves out by now has no row there.
 */
export function rereader(
  contract: FeedContract,
  { reading, columns, target }: { reading: Reading; columns: readonly string[]; target: Target },
): (rows: readonly KeptRow[]) => { readonly copied: Buffer; readonly skipped: readonly number[] } {
  const { batch } = begin(contract, reading);
  const bytesOf = ({ line, raw }: Pick<KeptRow, 'line' | 'raw'>): RowBytes => ({
    line,
    bytes: raw,
    isQuoted: contract.format === 'csv' && raw.includes('"'),
    isTerminated: true,
  });
  if (contract.format === 'csv' && contract.header === undefined) {
    const raw = Buffer.from(
      columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(contract.delimiter),
    );
    readBatch([bytesOf({ line: 1, raw })], batch);
  }
  return (rows) => {
    const read = readBatch(rows.map(bytesOf), batch);
    const there = new Set(read.map(({ line }) => line));
    return {
      copied: toBytes(read, target),
      skipped: rows.map(({ line }) => line).filter((line) => !there.has(line)),
    };
  };
}

/** A row as it was kept. */
export type KeptRow = {
  readonly line: number;
  readonly raw: Buffer;
  /** Its revision, where it could be read. */
  readonly revision: string | null;
};

function begin(contract: FeedContract, reading: Reading) {
  const cutter = cutterOf(contract);
  const interpreter = interpreterOf(contract, {
    unread: (words) => reading.unread.push(...words),
    miss: (problem) => {
      reading.missing = problem;
    },
  });
  const batch = { contract, interpreter, reading, noticed: newNoticed() };
  function* finish(): Generator<ReadRow[]> {
    if (!reading.problem) yield readBatch(cutter.end(), batch);
    reading.observer.declare(interpreter.listed() ?? []);
    // What Postgres cannot keep, no contract can name.
    reading.columns = interpreter.columns?.()?.names.map((name) => name.replaceAll('\u0000', '\uFFFD'));
    if (reading.problem) return;
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

function readBatch(rows: readonly RowBytes[], batch: Batch): ReadRow[] {
  const { contract, interpreter, reading } = batch;
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
    if (raw.ok && isSampled(reading.rowsRead)) reading.observer.add(raw.value.cells());
    out.push(raw.ok ? readOne(raw.value, bytes, batch) : refused(raw.refusal, bytes, { reading, contract }));
  }
  return out;
}

function readOne(view: RowView, bytes: RowBytes, { contract, reading, noticed }: Batch): ReadRow {
  const { line } = bytes;
  const time = contract.asOf && { revision: contract.asOf(line) };
  if (view.isRemoval || isRemoved(contract, view)) {
    const key = readKey(contract, view);
    if (!key.ok) return refused(key.refusal, bytes, { reading, contract });
    reading.removals += 1;
    return { line, removal: { ...key.value, ...time } };
  }
  const row = readRow(contract, view);
  if (!row.ok) return refused(row.refusal, bytes, { reading, view, contract });
  notice(noticed, row.value, line);
  addAmount(reading.amounts, row.value);
  return { line, row: time === undefined ? row.value : { ...row.value, ...time } };
}

function refused(
  refusal: RowRefusal,
  { line, bytes }: RowBytes,
  about: { readonly reading: Reading; readonly view?: RawRow; readonly contract: FeedContract },
): ReadRow {
  const { reading, view, contract } = about;
  const { code, field, detail } = refusal;
  reading.reasons[code] = (reading.reasons[code] ?? 0) + 1;
  reading.firstRefusal ??= `line ${line}: ${code}, ${detail}`;
  if (field !== undefined) count(reading, field, code);
  const key = view && readKey(contract, view);
  const time = contract.asOf && { revision: contract.asOf(line) };
  return { line, refusal, raw: bytes, key: { ...(key?.ok && key.value), ...time } };
}

function count({ refused: all }: Reading, field: string, reason: string): void {
  const place = `${field}\n${reason}`;
  const known = all.get(place);
  if (known) known.rows += 1;
  else all.set(place, { field, reason, rows: 1 });
}
