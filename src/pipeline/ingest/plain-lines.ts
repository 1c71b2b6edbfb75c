import type { FeedContract } from '../../core/contract.ts';
import { isSampled } from '../../core/intake/observed.ts';
import { belongs, type RawRow } from '../../core/row.ts';
import { ByteWriter } from './byte-writer.ts';
import type { Target } from './copy-binary.ts';
import type { Columns } from './formats/interpreter.ts';
import type { PlainLines, RowBytes } from './formats/row-splitter.ts';
import { LineCells } from './plain/line-cells.ts';
import { plainReader } from './plain/plain-reader.ts';
import { rowWriter } from './plain/row-writer.ts';
import type { Reading } from './read-delivery.ts';
import type { SpareMemory } from './spare-memory.ts';

export type PlainPath = {
  readonly contract: FeedContract;
  readonly columns: Columns;
  readonly reading: Reading;
  readonly target: Target;
  readonly memory?: SpareMemory | undefined;
  /** The bytes for COPY of a row that is not plain, read as such rows are; '' when it has none. */
  readonly strictly: (row: RowBytes) => string;
};

const CR = 13;
/** A row for COPY, with its hash, id and JSON, is so many times as long as it was, more or less. */
const GROWTH = 5;

/**
 * A function that turns plain lines into rows for COPY, many times faster than row by row. A line that is not plain after
 * all is read strictly, in its place. Undefined for a contract that has no plain rows.
 */
export function plainLinesReader(path: PlainPath): ((lines: PlainLines) => Buffer) | undefined {
  const { contract, columns, reading, strictly } = path;
  if (contract.delimiter.includes('\0')) return undefined;
  const cells = new LineCells(columns.width, contract.delimiter);
  const taker = plainTaker(path, cells);
  if (taker === undefined) return undefined;
  return ({ bytes, firstLine }) => {
    const copied = new ByteWriter(bytes.length * GROWTH, path.memory);
    cells.begin(bytes);
    let line = firstLine;
    for (let at = 0; at < bytes.length && !reading.problem; line += 1) {
      const found = cells.cut(at);
      if (found === 'strict' || (found === 'cells' && !taker.take(line, copied))) {
        const row = withoutLineEnd(bytes.subarray(at, cells.next));
        copied.write(strictly({ line, bytes: row, isQuoted: row.includes('"'), isTerminated: true }));
      }
      at = cells.next;
    }
    taker.settle();
    return copied.take();
  };
}

const withoutLineEnd = (line: Buffer): Buffer => line.subarray(0, line.at(-2) === CR ? -2 : -1);

/** Takes the line that was cut last, if it is another feed's or plain; false when it must be read strictly. */
function plainTaker(
  { contract, columns, reading, target }: PlainPath,
  cells: LineCells,
): { readonly take: (line: number, copied: ByteWriter) => boolean; readonly settle: () => void } | undefined {
  const place = (column: string): number => columns.places.get(column) ?? -1;
  const reader = plainReader(contract, { cells, of: place });
  if (reader === undefined) return undefined;
  const { row, read } = reader;
  const view: RawRow = { get: (column) => cells.text(place(column)) };
  const write = rowWriter(row, target);
  const isHeading = (): boolean => columns.names.every((name, at) => cells.text(at).trim() === name);
  return {
    take: (line, copied) => {
      if (contract.where.length > 0 && !belongs(contract, view)) {
        // Where files were put together it comes again, and is no row.
        if (isHeading()) return false;
        reading.rowsRead += 1;
        reading.rowsSkipped += 1;
        return true;
      }
      if (!read()) return false;
      reading.rowsRead += 1;
      if (isSampled(reading.rowsRead))
        reading.observer.add(columns.names.map((name, at) => [name, cells.text(at)]));
      row.money.count();
      write(line, copied);
      return true;
    },
    settle: () => row.money.settle(reading.amounts),
  };
}
