import { accept, type Result, refuse } from '../../../core/result.ts';
import { columnKey } from '../../../core/row.ts';

export const DELIMITERS = [',', ';', '\t', '|'] as const;

/** How many of the wanted columns the header has when it is cut at this delimiter. */
export function columnsBy(delimiter: string, header: string, wanted: readonly string[]): number {
  const names = header.split(delimiter).map((name) => columnKey(name.replaceAll('"', '')));
  return names.length > 1 ? wanted.filter((column) => names.includes(columnKey(column))).length : 0;
}

/** The one delimiter by which the first line has every column of the contract; refuses, in words, none and several. */
export function commonDelimiter(text: string, wanted: readonly string[]): Result<string, string> {
  const header = /^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '';
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: columnsBy(delimiter, header, wanted) }));
  const whole = counts.filter(({ count }) => count === wanted.length);
  const [only, other] = whole;
  if (only && !other) return accept(only.delimiter);
  if (only && other)
    return refuse(`the header can be cut at ${listed(whole)}; declare the delimiter in the feed's file`);
  const most = Math.max(...counts.map(({ count }) => count));
  const near = most === 0 ? [] : counts.filter(({ count }) => count === most);
  const [nearest] = near;
  // With a column missing, the header says which, and that is what should be told.
  if (nearest && near.length === 1) return accept(nearest.delimiter);
  return refuse(
    `the header "${header.slice(0, 80)}" has the contract's columns by none of ${listed(counts)}; declare the delimiter in the feed's file`,
  );
}

const listed = (all: readonly { readonly delimiter: string }[]): string =>
  all.map(({ delimiter }) => JSON.stringify(delimiter)).join(' ');
