import { accept, type Result, refuse } from '../../../core/result.ts';

export type CellRefusal = {
  readonly code: 'quote_malformed' | 'quote_swallows_rows';
  readonly detail: string;
};

/** More lines than an address or a note has in one field. */
const MOST_LINES = 50;

/**
 * The cells of one CSV row (RFC 4180: quotes around a field, doubled inside it).
 *
 * Refuses: a quote inside an unquoted field, text after a closing quote, and a quoted field whose inner lines have as many
 *          delimiters as a row of the file: a stray quote that swallows rows reads as valid CSV, and silently.
 */
export function readCells(text: string, delimiter: string, columns: number): Result<string[], CellRefusal> {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const isQuoted = text[at] === '"';
    const end = isQuoted ? closingQuote(text, at + 1) : text.indexOf(delimiter, at);
    const stop = isQuoted ? end + 1 : end === -1 ? text.length : end;
    if (isQuoted && end === -1) return malformed('a quote is opened and never closed');
    const raw = isQuoted ? text.slice(at + 1, end) : text.slice(at, stop);
    if (!isQuoted && raw.includes('"')) return malformed(`a quote stands inside "${clip(raw)}"`);
    const swallowed = isQuoted && swallowedLine(raw, delimiter, columns);
    if (swallowed) return refuse({ code: 'quote_swallows_rows', detail: swallowed });
    cells.push(isQuoted && raw.includes('"') ? raw.replaceAll('""', '"') : raw);
    if (stop >= text.length) return accept(cells);
    if (!text.startsWith(delimiter, stop)) return malformed(`text follows the quoted "${clip(raw)}"`);
    at = stop + delimiter.length;
  }
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

function swallowedLine(field: string, delimiter: string, columns: number): string | undefined {
  if (!/[\r\n]/.test(field)) return undefined;
  const [, ...lines] = field.split(/\r\n|\r|\n/);
  if (lines.length >= MOST_LINES)
    return `one quoted field spans ${lines.length + 1} lines; a quote is not closed`;
  // With two columns a single comma would do, which any sentence has.
  const row = columns < 3 ? undefined : lines.find((line) => line.split(delimiter).length === columns);
  return row === undefined
    ? undefined
    : `a quoted field holds what looks like a row ("${clip(row)}"); a quote is not closed`;
}

const malformed = (what: string): Result<never, CellRefusal> =>
  refuse({
    code: 'quote_malformed',
    detail: `${what}; write quotes in a field doubled, and the field in quotes`,
  });

const clip = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 40)}…`);
