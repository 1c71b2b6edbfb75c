import { isAscii, isUtf8 } from 'node:buffer';
import type { FeedContract } from '../../core/contract.ts';
import { isSampled } from '../../core/intake/observed.ts';
import { plainReader } from '../../core/plain-row.ts';
import { belongs, type RawRow } from '../../core/row.ts';
import { ByteWriter } from './byte-writer.ts';
import { plainCopyRow, plainFields, type Target } from './copy-binary.ts';
import { readCells } from './formats/csv-cells.ts';
import type { Columns } from './formats/interpreter.ts';
import type { PlainLines, RowBytes } from './formats/row-splitter.ts';
import type { Reading } from './read-delivery.ts';
import { addDigits } from './totals.ts';

export type PlainPath = {
  readonly contract: FeedContract;
  readonly columns: Columns;
  readonly reading: Reading;
  readonly target: Target;
  /** The bytes for COPY of a row that is not plain, read as such rows are; '' when it has none. */
  readonly strictly: (row: RowBytes) => string;
};

const CR = 13;
/** A row for COPY, with its hash, id and JSON, is so many times as long as it was, more or less. */
const GROWTH = 5;

/**
 * A function that turns plain lines into rows for COPY, several times faster than row by row. A line that is not plain after
 * all is read strictly, in its place. Undefined for a contract that has no plain rows.
 */
export function plainLinesReader(path: PlainPath): ((lines: PlainLines) => Buffer) | undefined {
  const { reading, strictly } = path;
  const take = plainTaker(path);
  if (take === undefined) return undefined;
  return ({ bytes, firstLine }) => {
    const { text, isReadable, isByteEach } = decoded(bytes);
    const copied = new ByteWriter(bytes.length * GROWTH);
    let line = firstLine;
    for (let at = 0, byte = 0; at < text.length && !reading.problem; line += 1) {
      const end = text.indexOf('\n', at);
      const row = text.slice(at, end > at && text.charCodeAt(end - 1) === CR ? end - 1 : end);
      const size = isByteEach ? row.length : Buffer.byteLength(row);
      if (row !== '') {
        copied.write(
          (isReadable ? take(row, line) : undefined) ??
            strictly({
              line,
              bytes: bytes.subarray(byte, byte + size),
              isQuoted: row.includes('"'),
              isTerminated: true,
            }),
        );
      }
      byte += size + end + 1 - at - row.length;
      at = end + 1;
    }
    return copied.take();
  };
}

/** A function that gives the cells of a row; undefined for one that the strict reader must refuse. */
function plainCells(delimiter: string, width: number): (row: string) => readonly string[] | undefined {
  const between = `"${delimiter}"`;
  return (row) => {
    if (!row.includes('"')) return row.split(delimiter);
    // Most files quote every cell or the texts; where each is quoted, what stands between them cuts as well.
    if (row.length > 1 && row.startsWith('"') && row.endsWith('"') && !row.includes('\r')) {
      const cells = row.slice(1, -1).split(between);
      if (cells.length === width && !cells.some((cell) => cell.includes('"'))) return cells;
    }
    const read = readCells(row, delimiter, width);
    return read.ok ? read.value : undefined;
  };
}

function decoded(bytes: Buffer): { text: string; isReadable: boolean; isByteEach: boolean } {
  const isByteEach = isAscii(bytes);
  const isText = isByteEach || isUtf8(bytes);
  return {
    // What is no text is only looked through for its line ends.
    text: isText && !isByteEach ? bytes.toString('utf8') : bytes.toString('latin1'),
    isReadable: isText && !bytes.includes(0),
    isByteEach: isByteEach || !isText,
  };
}

/** Takes a row: its bytes for COPY, '' when it is of another feed, undefined when it must be read strictly. */
function plainTaker({
  contract,
  columns,
  reading,
  target,
}: PlainPath): ((row: string, line: number) => string | undefined) | undefined {
  const place = (column: string): number => columns.places.get(column) ?? -1;
  const reader = plainReader(contract, place);
  if (reader === undefined) return undefined;
  let cells: readonly string[] = [];
  const view: RawRow = { get: (column) => cells[place(column)] };
  const fieldsOf = plainFields(reader.names);
  const cellsOf = plainCells(contract.delimiter, columns.width);
  return (row, line) => {
    const split = cellsOf(row);
    if (split?.length !== columns.width) return undefined;
    cells = split;
    if (!belongs(contract, view)) {
      reading.rowsRead += 1;
      reading.rowsSkipped += 1;
      return '';
    }
    const plain = reader.read(cells);
    if (plain === undefined) return undefined;
    reading.rowsRead += 1;
    if (isSampled(reading.rowsRead))
      reading.observer.add(columns.names.map((name, at) => [name, cells[at] ?? '']));
    addDigits(reading.amounts, plain);
    return plainCopyRow(plain, { line, fields: fieldsOf(plain.texts), target });
  };
}
