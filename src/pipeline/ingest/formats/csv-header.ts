import type { FeedContract } from '../../../core/contract.ts';
import { nearestWord } from '../../../core/nearest-word.ts';
import { accept, type Result, refuse } from '../../../core/result.ts';
import { columnKey, requiredColumns, wantedColumns } from '../../../core/row.ts';
import { columnsBy, DELIMITERS } from '../open/delimiter.ts';
import type { DeliveryProblem } from '../problem.ts';
import { readCells } from './csv-cells.ts';

export type Header = {
  readonly names: readonly string[];
  readonly width: number;
  /** Where each column that the contract names stands. */
  readonly places: ReadonlyMap<string, number>;
  /** Columns that the contract does not know, in words. */
  readonly unread: readonly string[];
  /** Columns that only optional fields read, and that are not there. */
  readonly missing: DeliveryProblem | undefined;
};

/** The header row, understood; refuses the delivery when a column stands twice or one the contract names is missing. */
export function readHeader(text: string, contract: FeedContract): Result<Header, DeliveryProblem> {
  const cells = readCells(text, contract.delimiter, 0);
  if (!cells.ok)
    return refuse({ code: 'column_missing', detail: `line 1, the header: ${cells.refusal.detail}` });
  const found = cells.value.map((cell) => cell.trim());
  const places = new Map<string, number>();
  for (const [index, name] of found.entries()) {
    const key = columnKey(name);
    if (key === '') continue;
    if (places.has(key)) {
      const detail = `the header has "${name}" twice, and nobody can say which one is meant; rename one of them`;
      return refuse({ code: 'header_repeated', detail });
    }
    places.set(key, index);
  }
  return placeColumns(contract, { found, places, text });
}

/** The header that the contract declares for files without one; undefined when the first row is the header. */
export function declaredHeader({ header, ...contract }: FeedContract): Header | undefined {
  if (header === undefined) return undefined;
  const places = new Map(header.map((name, index) => [columnKey(name), index]));
  const wanted = wantedColumns(contract);
  return {
    names: header,
    width: header.length,
    places: new Map(wanted.map((column) => [column, places.get(columnKey(column)) ?? -1])),
    unread: [],
    missing: undefined,
  };
}

function placeColumns(
  contract: FeedContract,
  { found, places, text }: { found: readonly string[]; places: ReadonlyMap<string, number>; text: string },
): Result<Header, DeliveryProblem> {
  const wanted = wantedColumns(contract);
  const missing = wanted.filter((column) => !places.has(columnKey(column)));
  const problem =
    missing.length === 0 ? undefined : (otherDelimiter(contract, text) ?? columnMissing(missing, found));
  const required = requiredColumns(contract);
  if (problem && (problem.code !== 'column_missing' || missing.some((column) => required.has(column))))
    return refuse(problem);
  const known = new Set(wanted.map(columnKey));
  const extra = found.filter((name) => name !== '' && !known.has(columnKey(name)));
  return accept({
    names: found,
    width: found.length,
    places: new Map(wanted.map((column) => [column, places.get(columnKey(column)) ?? -1])),
    unread: extra.map((name) => `column "${clip(name)}" is not in the contract and was not read`),
    missing: problem,
  });
}

function otherDelimiter(contract: FeedContract, text: string): DeliveryProblem | undefined {
  const wanted = wantedColumns(contract);
  const used = DELIMITERS.find(
    (delimiter) => delimiter !== contract.delimiter && columnsBy(delimiter, text, wanted) > wanted.length / 2,
  );
  if (used === undefined) return undefined;
  const detail =
    `the columns are separated by ${JSON.stringify(used)}, and the contract of ${contract.feed} says ` +
    `${JSON.stringify(contract.delimiter)}; write delimiter: ${JSON.stringify(used)} in the feed's file if that is meant`;
  return { code: 'delimiter_undeclared', detail };
}

function columnMissing(missing: readonly string[], found: readonly string[]): DeliveryProblem {
  const words = missing.map((column) => {
    const near = nearestWord(column, found);
    return near === undefined ? `"${column}"` : `"${column}" (is "${near}" meant?)`;
  });
  const listed = found.slice(0, 40).map(clip).join(', ');
  const plural = missing.length === 1 ? 'column' : 'columns';
  return {
    code: 'column_missing',
    detail: `${plural} ${words.join(', ')} missing; the header has: ${listed}`,
    columns: found,
  };
}

const clip = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 60)}…`);
