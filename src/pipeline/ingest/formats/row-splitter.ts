import type { DeliveryProblem } from '../problem.ts';

/** The bytes of one row without its line end; a view into a chunk. */
export type RowBytes = {
  /** Line of the file the row starts on, from 1. */
  readonly line: number;
  readonly bytes: Buffer;
  /** Whether a quote stands in it, so that splitting at delimiters is not enough. */
  readonly isQuoted: boolean;
  /** False for a last row without a line end: maybe half a row. */
  readonly isTerminated: boolean;
};

/** Whole lines that end in LF and are a row each, so that they can be read in one go. */
export type PlainLines = { readonly bytes: Buffer; readonly firstLine: number };

/** Cuts a stream of bytes into rows. Feed it with `push`, close it with `end`; after `problem` is set nothing more comes out. */
export type RowCutter = {
  readonly problem: DeliveryProblem | undefined;
  readonly push: (chunk: Buffer) => RowBytes[];
  readonly end: () => RowBytes[];
  /** What `push` would cut, as one piece, where that is plain lines; undefined, with nothing taken, where it is not. */
  readonly pushPlain?: (chunk: Buffer) => PlainLines | undefined;
};

export type SplitOptions = {
  /** The delimiter when quoted fields may span lines (CSV); undefined when every line is a row (JSON lines). */
  readonly delimiter: string | undefined;
  /** In bytes; a longer row is a problem of the whole file. */
  readonly longest?: number;
};

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** Longer is no row but a quote that was never closed, or no text file. */
export const LONGEST_ROW = 1_048_576;

/** Cuts at line ends. LF, CRLF and CR alone end a line; the first line end of the file decides which. */
export class RowSplitter implements RowCutter {
  problem: DeliveryProblem | undefined;
  readonly #delimiter: Buffer | undefined;
  readonly #longest: number;
  #rest: Buffer = Buffer.alloc(0);
  #lineEnd: number | undefined;
  #line = 1;

  constructor(options: SplitOptions) {
    this.#delimiter = options.delimiter === undefined ? undefined : Buffer.from(options.delimiter, 'utf8');
    this.#longest = options.longest ?? LONGEST_ROW;
  }

  push(chunk: Buffer): RowBytes[] {
    if (this.problem) return [];
    const buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#lineEnd ??= firstLineEnd(buffer, this.#delimiter !== undefined);
    const rows = this.#lineEnd === undefined ? [] : this.#cut(buffer, this.#lineEnd);
    if (this.#lineEnd === undefined) this.#rest = buffer;
    if (this.#rest.length > this.#longest) this.problem = this.#tooLong();
    return rows;
  }

  pushPlain(chunk: Buffer): PlainLines | undefined {
    if (this.problem || this.#delimiter === undefined || this.#lineEnd !== LF) return undefined;
    const buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = buffer.lastIndexOf(LF) + 1;
    if (end === 0 || buffer.length - end > this.#longest) return undefined;
    if (!isRowEach(buffer.subarray(0, end), this.#delimiter)) return undefined;
    const plain = { bytes: buffer.subarray(0, end), firstLine: this.#line };
    this.#rest = buffer.subarray(end);
    this.#line += count(plain.bytes, LF);
    return plain;
  }

  end(): RowBytes[] {
    if (this.problem) return [];
    // A file whose only line end is a CR at its very end could not be told from CRLF before.
    const isCrOnly = this.#lineEnd === undefined && this.#rest.at(-1) === CR;
    if (isCrOnly) this.#lineEnd = CR;
    const rows = isCrOnly ? this.#cut(this.#rest, CR) : [];
    const bytes = this.#rest;
    if (bytes.length === 0) return rows;
    if (this.#isOpen(bytes)) {
      const detail = `line ${this.#line}: a quote is opened and never closed; export the file again, or double the quote`;
      this.problem = { code: 'file_quote_open', detail };
      return [];
    }
    const isQuoted = this.#delimiter !== undefined && bytes.includes(QUOTE);
    return [...rows, { line: this.#line, bytes: withoutCr(bytes), isQuoted, isTerminated: false }];
  }

  #isOpen(bytes: Buffer): boolean {
    if (this.#delimiter === undefined) return false;
    return quotedEnd(bytes, 0, { delimiter: this.#delimiter, lineEnd: this.#lineEnd ?? LF }).isOpen;
  }

  #cut(buffer: Buffer, lineEnd: number): RowBytes[] {
    const rows: RowBytes[] = [];
    const delimiter = this.#delimiter;
    let at = 0;
    let quote = delimiter === undefined ? -1 : buffer.indexOf(QUOTE);
    for (;;) {
      let end = buffer.indexOf(lineEnd, at);
      if (quote !== -1 && quote < at) quote = buffer.indexOf(QUOTE, at);
      const isQuoted = delimiter !== undefined && quote !== -1 && (end === -1 || quote < end);
      if (isQuoted) end = quotedEnd(buffer, at, { delimiter, lineEnd }).end;
      if (end === -1) break;
      const bytes = buffer.subarray(at, end);
      rows.push({ line: this.#line, bytes: withoutCr(bytes), isQuoted, isTerminated: true });
      this.#line += isQuoted ? 1 + count(bytes, lineEnd) : 1;
      at = end + 1;
    }
    this.#rest = buffer.subarray(at);
    return rows;
  }

  #tooLong(): DeliveryProblem {
    const detail =
      `the row on line ${this.#line} is longer than ${this.#longest} bytes; ` +
      'look for a quote that is never closed, or a file that is no text';
    return { code: 'file_row_too_long', detail };
  }
}

/** The line end the file uses; undefined while the buffer does not show it. */
function firstLineEnd(buffer: Buffer, hasQuotes: boolean): number | undefined {
  let isInside = false;
  for (let at = 0; at < buffer.length; at += 1) {
    const byte = buffer[at];
    if (hasQuotes && byte === QUOTE) isInside = !isInside;
    if (isInside) continue;
    if (byte === LF) return LF;
    if (byte !== CR) continue;
    if (at + 1 === buffer.length) return undefined;
    return buffer[at + 1] === LF ? LF : CR;
  }
  return undefined;
}

/** Where the row that starts at `from` ends, quotes considered; -1 and whether a quote is still open otherwise. */
function quotedEnd(
  buffer: Buffer,
  from: number,
  { delimiter, lineEnd }: { delimiter: Buffer; lineEnd: number },
): { end: number; isOpen: boolean } {
  let isInside = false;
  let isFieldStart = true;
  const last = delimiter.at(-1);
  for (let at = from; at < buffer.length; at += 1) {
    const byte = buffer[at];
    if (isInside) {
      if (byte !== QUOTE) continue;
      if (buffer[at + 1] === QUOTE) at += 1;
      else isInside = false;
    } else if (byte === lineEnd) {
      return { end: at, isOpen: false };
    } else {
      // A quote in the middle of a field opens nothing; the row is refused later, and only that row.
      if (byte === QUOTE && isFieldStart) isInside = true;
      isFieldStart = byte === last && endsWith(buffer, delimiter, at + 1);
    }
  }
  return { end: -1, isOpen: isInside };
}

/** Whether no quote spans lines. */
function isRowEach(lines: Buffer, delimiter: Buffer): boolean {
  let quote = lines.indexOf(QUOTE);
  while (quote !== -1) {
    const start = lines.lastIndexOf(LF, quote) + 1;
    const end = lines.indexOf(LF, quote);
    if (quotedEnd(lines, start, { delimiter, lineEnd: LF }).end !== end) return false;
    quote = lines.indexOf(QUOTE, end);
  }
  return true;
}

const endsWith = (buffer: Buffer, delimiter: Buffer, end: number): boolean =>
  delimiter.length === 1 || buffer.subarray(Math.max(0, end - delimiter.length), end).equals(delimiter);

const withoutCr = (bytes: Buffer): Buffer => (bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes);

function count(bytes: Buffer, byte: number): number {
  let found = 0;
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) found += 1;
  return found;
}
