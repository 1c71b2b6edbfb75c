import { isUtf8 } from 'node:buffer';

import { Padded } from './padded.ts';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What a byte is to a cell. Up to `ODD` it is part of one. */
const PLAIN = 0;
/** Beyond ASCII, a control character, a backslash: JSON or a reader may take it for something else than itself. */
const ODD = 1;
/** It ends the cell. */
const END = 2;
/** A CR, or what a delimiter of several bytes begins with: it ends the cell if what follows it fits. */
const UNCLEAR = 3;
/** A quote that opens nothing, a NUL, what is no UTF-8: the strict reader says what is to be said of it. */
const STRICT = 4;

/** What stands on a line: cells as many as the heading has, nothing, or something that only the strict reader can judge. */
export type Line = 'cells' | 'blank' | 'strict';

/** Beside what its bytes are: the cell holds doubled quotes. */
const ESCAPED = 8;

/**
 * The cells of one line of a block, as places in its bytes: no cell is made a text that is not asked for. Each line is read
 * over the one before.
 */
export class LineCells {
  readonly block = new Padded(0);
  bytes = this.block.bytes;
  /** Where each cell starts and ends, without its quotes. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 0 where every byte of the cell is printable ASCII that JSON writes as it is. */
  readonly marks: Uint8Array;
  /** Where the next line starts. */
  next = 0;
  readonly #width: number;
  readonly #delimiter: Buffer;
  readonly #kinds: Uint8Array;
  readonly #kindsInQuotes: Uint8Array;

  constructor(width: number, delimiter: string) {
    this.#width = width;
    this.#delimiter = Buffer.from(delimiter, 'utf8');
    this.starts = new Int32Array(width);
    this.ends = new Int32Array(width);
    this.marks = new Uint8Array(width);
    this.#kinds = kindsOf(this.#delimiter);
    this.#kindsInQuotes = kindsInQuotes();
  }

  /** Takes whole lines that end in LF, into memory that can be read a little further. */
  begin(lines: Buffer): void {
    this.block.fit(lines.length);
    this.bytes = this.block.bytes;
    lines.copy(this.bytes);
    const isText = isUtf8(lines);
    for (const kinds of [this.#kinds, this.#kindsInQuotes]) kinds.fill(isText ? ODD : STRICT, 0x80);
    if (isText) markDelimiter(this.#kinds, this.#delimiter);
  }

  /** Cuts the line that starts at `from`. */
  cut(from: number): Line {
    const { bytes } = this;
    const first = bytes[from] as number;
    const isBlank = first === LF || (first === CR && bytes[from + 1] === LF);
    const line = isBlank ? 'blank' : this.#cells(from);
    // The cells of a line end before its line end, so that only the others are looked through for it.
    if (line !== 'cells') this.next = bytes.indexOf(LF, from) + 1;
    return line;
  }

  /** The text of a cell; '' for a column that is not there. */
  text(cell: number): string {
    if (cell < 0) return '';
    const mark = this.marks[cell] as number;
    const text = this.bytes.toString(mark === PLAIN ? 'latin1' : 'utf8', this.starts[cell], this.ends[cell]);
    return (mark & ESCAPED) === 0 ? text : text.replaceAll('""', '"');
  }

  #cells(from: number): Line {
    const { bytes, starts, ends, marks } = this;
    const kinds = this.#kinds;
    let at = from;
    for (let cell = 0; cell < this.#width; cell += 1) {
      if (bytes[at] === QUOTE) {
        at = this.#quoted(cell, at);
      } else {
        starts[cell] = at;
        let mark = PLAIN;
        let kind = kinds[bytes[at] as number] as number;
        while (kind <= ODD || (kind === UNCLEAR && !this.#stops(at))) {
          mark |= kind;
          at += 1;
          kind = kinds[bytes[at] as number] as number;
        }
        ends[cell] = at;
        marks[cell] = mark;
      }
      const isLast = cell + 1 === this.#width;
      const step = isLast ? this.#lineEnd(at) : this.#delimited(at);
      if (step === 0) return 'strict';
      at += step;
    }
    this.next = at;
    return 'cells';
  }

  /** Takes the cell whose quote opens at `open`: the place behind its closing quote, or `open` where it is not that simple. */
  #quoted(cell: number, open: number): number {
    const { bytes } = this;
    const kinds = this.#kindsInQuotes;
    let mark = PLAIN;
    let at = open + 1;
    for (;;) {
      const kind = kinds[bytes[at] as number] as number;
      if (kind <= ODD) {
        mark |= kind;
        at += 1;
      } else if (kind === STRICT) {
        return open;
      } else if (bytes[at + 1] === QUOTE) {
        mark |= ODD | ESCAPED;
        at += 2;
      } else break;
    }
    this.starts[cell] = open + 1;
    this.ends[cell] = at;
    this.marks[cell] = mark;
    return at + 1;
  }

  #stops(at: number): boolean {
    return this.bytes[at] === CR ? this.bytes[at + 1] === LF : this.#delimited(at) > 0;
  }

  /** How many bytes of delimiter stand at `at`. */
  #delimited(at: number): number {
    const delimiter = this.#delimiter;
    if (delimiter.length === 1) return this.bytes[at] === delimiter[0] ? 1 : 0;
    const isThere = delimiter.every((byte, place) => this.bytes[at + place] === byte);
    return isThere ? delimiter.length : 0;
  }

  #lineEnd(at: number): number {
    if (this.bytes[at] === LF) return 1;
    return this.bytes[at] === CR && this.bytes[at + 1] === LF ? 2 : 0;
  }
}

function kindsOf(delimiter: Buffer): Uint8Array {
  const kinds = new Uint8Array(256).fill(ODD);
  kinds.fill(PLAIN, 0x20, 0x7f);
  kinds[BACKSLASH] = ODD;
  markDelimiter(kinds, delimiter);
  kinds[CR] = UNCLEAR;
  kinds[LF] = END;
  kinds[QUOTE] = STRICT;
  kinds[0] = STRICT;
  return kinds;
}

function markDelimiter(kinds: Uint8Array, delimiter: Buffer): void {
  kinds[delimiter[0] as number] = delimiter.length === 1 ? END : UNCLEAR;
}

function kindsInQuotes(): Uint8Array {
  const kinds = new Uint8Array(256).fill(ODD);
  kinds.fill(PLAIN, 0x20, 0x7f);
  kinds[BACKSLASH] = ODD;
  kinds[QUOTE] = END;
  // A line end in quotes may be one of many that a stray quote swallowed.
  for (const byte of [CR, LF, 0]) kinds[byte] = STRICT;
  return kinds;
}
