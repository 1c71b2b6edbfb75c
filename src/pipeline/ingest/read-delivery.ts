import { isUtf8 } from 'node:buffer';
import type { FeedContract } from '../../core/contract.ts';
import { type Result, refuse } from '../../core/result.ts';
import { belongs, type CanonicalRow, type RawRow, type RowRefusal, readRow } from '../../core/row.ts';
import { readCells } from './csv-cells.ts';
import { type Header, readHeader } from './csv-header.ts';
import { readJsonLine } from './json-line.ts';
import { type Noticed, newNoticed, notice, wordsFor } from './noticed.ts';
import type { DeliveryProblem } from './problem.ts';
import type { RowBytes } from './row-splitter.ts';
import { markLength } from './sniff.ts';
import { splitterOf } from './split-rows.ts';

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
};

export const newReading = (): Reading => ({
  problem: undefined,
  rowsRead: 0,
  rowsSkipped: 0,
  firstRefusal: undefined,
  warnings: [],
  reasons: {},
});

type Interpreter = {
  /** The row's cells by column; 'not a row' for the header and blank lines; a problem ends the delivery. */
  readonly interpret: (row: RowBytes) => Result<RawRow, RowRefusal> | 'not a row' | DeliveryProblem;
};

/**
 * Every row of a delivery in file order, in batches; `reading` counts along and says at the end whether they may be used.
 */
export async function* readDelivery(
  chunks: AsyncIterable<Buffer>,
  contract: FeedContract,
  reading: Reading,
): AsyncGenerator<ReadRow[]> {
  const splitter = splitterOf(contract);
  const interpreter = contract.format === 'csv' ? csvInterpreter(contract, reading) : jsonInterpreter();
  const noticed = newNoticed();
  let isFirst = true;
  for await (const chunk of chunks) {
    // Always to the end, problem or not: only the end shows whether the file changed meanwhile.
    if (reading.problem) continue;
    const rows = splitter.push(isFirst ? chunk.subarray(markLength(chunk)) : chunk);
    isFirst = false;
    yield readBatch(rows, { contract, interpreter, reading, noticed });
    reading.problem ??= splitter.problem;
  }
  if (reading.problem) return;
  const last = splitter.end();
  yield readBatch(last, { contract, interpreter, reading, noticed });
  reading.problem ??= splitter.problem;
  if (reading.rowsRead === 0)
    reading.warnings.push('the file has no rows; ask the source whether that is right');
  reading.warnings.push(...wordsFor(noticed));
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
    if ('detail' in raw) {
      reading.problem = raw;
      return [];
    }
    reading.rowsRead += 1;
    if (raw.ok && !belongs(contract, raw.value)) {
      reading.rowsSkipped += 1;
      continue;
    }
    const row = raw.ok ? readRow(contract, raw.value) : raw;
    if (row.ok) {
      notice(noticed, row.value, bytes.line);
      out.push({ line: bytes.line, row: row.value });
    } else {
      reading.reasons[row.refusal.code] = (reading.reasons[row.refusal.code] ?? 0) + 1;
      reading.firstRefusal ??= `line ${bytes.line}: ${row.refusal.code}, ${row.refusal.detail}`;
      out.push({ line: bytes.line, refusal: row.refusal, raw: bytes.bytes });
    }
  }
  return out;
}

const rowRefusal = (code: RowRefusal['code'], detail: string): Result<RawRow, RowRefusal> =>
  refuse({ code, field: undefined, detail });

const NUL_DETAIL = 'a NUL character stands in the row; it cannot be kept, remove it at the source';

// 43150.00 cut to 43 has every column, and reads as an amount.
const UNTERMINATED_DETAIL =
  'the file ends in the middle of a line, or without a line end after this row: it may be cut; deliver it whole with ' +
  'a line end, or say `final_line_end: optional` in the feed';

function csvInterpreter(contract: FeedContract, reading: Reading): Interpreter {
  let header: Header | undefined;
  let cells: readonly string[] = [];
  const view: RawRow = {
    get: (column) => cells[header?.places.get(column) ?? -1],
  };
  const interpret: Interpreter['interpret'] = (row) => {
    if (row.bytes.length === 0) return 'not a row';
    if (!isUtf8(row.bytes)) return notUtf8(row);
    const text = row.bytes.toString('utf8');
    if (header === undefined) {
      const read = readHeader(text, contract);
      if (!read.ok) return read.refusal;
      header = read.value;
      reading.warnings.push(...header.warnings);
      return 'not a row';
    }
    if (text.includes('\u0000')) return rowRefusal('nul_character', NUL_DETAIL);
    const { width } = header;
    const read = row.isQuoted ? readCells(text, contract.delimiter, width) : undefined;
    if (read && !read.ok) return rowRefusal(read.refusal.code, read.refusal.detail);
    cells = read ? read.value : text.split(contract.delimiter);
    if (cells.length === width) {
      const mayBeCut = !row.isTerminated && contract.finalLineEnd === 'required';
      return mayBeCut ? rowRefusal('row_unterminated', UNTERMINATED_DETAIL) : { ok: true, value: view };
    }
    if (cells.length < width && !row.isTerminated) return truncated(row.line, cells.length, width);
    const detail = `the row has ${cells.length} columns, the header ${width}`;
    return cells.length < width
      ? rowRefusal('row_short', detail)
      : rowRefusal('row_long', `${detail}; an unquoted "${contract.delimiter}" inside a field does that`);
  };
  return { interpret };
}

function jsonInterpreter(): Interpreter {
  const interpret: Interpreter['interpret'] = (row) => {
    if (!isUtf8(row.bytes)) return rowRefusal('not_utf8', 'the line is not UTF-8; export it as UTF-8');
    const text = row.bytes.toString('utf8');
    if (text.trim() === '') return 'not a row';
    if (text.includes('\u0000')) return rowRefusal('nul_character', NUL_DETAIL);
    const read = readJsonLine(text);
    if (read.ok) return read;
    if (read.refusal.code === 'not_json' && !row.isTerminated) return truncated(row.line);
    return rowRefusal(read.refusal.code, read.refusal.detail);
  };
  return { interpret };
}

function notUtf8(row: RowBytes): DeliveryProblem {
  const detail = `line ${row.line} is not UTF-8; export the file as UTF-8 (in Excel: "CSV UTF-8")`;
  return { code: 'file_not_utf8', detail };
}

function truncated(line: number, found?: number, wanted?: number): DeliveryProblem {
  const columns = wanted === undefined ? '' : ` after ${found} of ${wanted} columns`;
  const detail = `the file breaks off on line ${line}${columns}: it looks like half a file; deliver it again when it is complete`;
  return { code: 'file_truncated', detail };
}
