import { isUtf8 } from 'node:buffer';
import type { FeedContract } from '../../../core/contract.ts';
import type { DeliveryProblem } from '../problem.ts';
import { readCells } from './csv-cells.ts';
import { declaredHeader, type Header, readHeader } from './csv-header.ts';
import {
  type Interpreter,
  NOTHING_AT_END,
  NUL_DETAIL,
  type RowView,
  rowRefusal,
  type Told,
  truncated,
} from './interpreter.ts';
import type { RowBytes } from './row-splitter.ts';

// 43150.00 cut to 43 has every column, and reads as an amount.
const UNTERMINATED_DETAIL =
  'the file ends in the middle of a line, or without a line end after this row: it may be cut; deliver it whole with ' +
  'a line end, or say `final_line_end: optional` in the feed';

/** Cells between delimiters, under a header that is the first row or declared. */
export function csvInterpreter(contract: FeedContract, { unread, miss }: Told): Interpreter {
  let header: Header | undefined = declaredHeader(contract);
  /** The text of the first row that is one; where files were put together it comes again. */
  let heading: string | undefined;
  /** The columns of a header that lacks some. */
  let listed: readonly string[] | undefined;
  let cells: readonly string[] = [];
  const view: RowView = {
    get: (column) => cells[header?.places.get(column) ?? -1],
    cells: () => (header?.names ?? []).map((name, index) => [name, cells[index] ?? ''] as const),
    isRemoval: false,
  };
  const interpret: Interpreter['interpret'] = (row) => {
    if (row.bytes.length === 0) return 'not a row';
    if (!isUtf8(row.bytes)) return notUtf8(row);
    const text = row.bytes.toString('utf8');
    if (header === undefined) {
      const read = readHeader(text, contract);
      if (!read.ok) {
        listed = read.refusal.columns;
        return read.refusal;
      }
      header = read.value;
      heading = text;
      unread(header.unread);
      if (header.missing) miss(header.missing);
      return 'not a row';
    }
    if (text === heading) return 'not a row';
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
  return {
    interpret,
    columns: () => header,
    listed: () => header?.names ?? listed,
    end: NOTHING_AT_END,
  };
}

function notUtf8({ line, bytes }: RowBytes): DeliveryProblem {
  const at = firstOdd(bytes);
  const meant = new TextDecoder('windows-1252').decode(bytes.subarray(Math.max(0, at - 12), at + 12));
  const detail =
    `line ${line} is not UTF-8; export the file as UTF-8 (in Excel: "CSV UTF-8"), or declare its encoding in the feed: ` +
    `as windows-1252 the place reads "${meant.replaceAll(/[\p{Cc}\uFFFD]/gu, '·')}"`;
  return { code: 'file_not_utf8', detail };
}

/** Where the first byte stands that UTF-8 does not allow there. */
function firstOdd(bytes: Buffer): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startsAsUtf8(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

const startsAsUtf8 = (bytes: Buffer): boolean =>
  !new TextDecoder().decode(bytes, { stream: true }).includes('\uFFFD');
