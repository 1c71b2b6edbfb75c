import { isUtf8 } from 'node:buffer';
import { type Result, refuse } from '../../../core/result.ts';
import type { RawRow, RowRefusal } from '../../../core/row.ts';
import type { DeliveryProblem } from '../problem.ts';
import type { RowBytes } from './row-splitter.ts';

/** A row as it was delivered. A view: what it gives is that of the row interpreted last. */
export type RowView = RawRow & {
  /** Every cell with its column's name, whether the contract reads it or not. */
  readonly cells: () => Iterable<readonly [column: string, text: string]>;
  /** Whether the protocol says by it that its record is no more; only its key counts then. */
  readonly isRemoval: boolean;
};

/** What a row of a delivery is: cells; no row (a heading, a blank line, a message about others); of another feed; or the end of it all. */
export type Interpreted = Result<RowView, RowRefusal> | 'not a row' | 'of another feed' | DeliveryProblem;

/** What an interpreter tells beside its rows. */
export type Told = {
  /** Columns that the contract does not know, in words. */
  readonly unread: (words: readonly string[]) => void;
  /** Columns are missing that no record strictly needs. */
  readonly miss: (problem: DeliveryProblem) => void;
};

/** The columns of a row of cells, and where those of the contract stand. */
export type Columns = {
  readonly names: readonly string[];
  readonly width: number;
  readonly places: ReadonlyMap<string, number>;
};

export type Interpreter = {
  /** For a format of plain cells, once its heading was read. */
  readonly columns?: () => Columns | undefined;
  readonly interpret: (row: RowBytes) => Interpreted;
  /** The columns that the delivery lists; undefined when it lists none. */
  readonly listed: () => readonly string[] | undefined;
  /** What only the end of the delivery shows. */
  readonly end: () => { readonly problem: DeliveryProblem | undefined; readonly warnings: readonly string[] };
};

export const NOTHING_AT_END: Interpreter['end'] = () => ({ problem: undefined, warnings: [] });

export const rowRefusal = (code: RowRefusal['code'], detail: string): Result<never, RowRefusal> =>
  refuse({ code, field: undefined, detail });

export const NUL_DETAIL = 'a NUL character stands in the row; it cannot be kept, remove it at the source';

/** The text of a row of JSON: refused row by row, since one line says nothing of the next. */
export function jsonText(row: RowBytes): Result<string, RowRefusal> {
  if (!isUtf8(row.bytes)) return rowRefusal('not_utf8', 'the line is not UTF-8; export it as UTF-8');
  const text = row.bytes.toString('utf8');
  return text.includes('\u0000') ? rowRefusal('nul_character', NUL_DETAIL) : { ok: true, value: text };
}

export function truncated(line: number, found?: number, wanted?: number): DeliveryProblem {
  const columns = wanted === undefined ? '' : ` after ${found} of ${wanted} columns`;
  const detail = `the file breaks off on line ${line}${columns}: it looks like half a file; deliver it again when it is complete`;
  return { code: 'file_truncated', detail };
}
