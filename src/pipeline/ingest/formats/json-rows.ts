import type { DeliveryProblem } from '../problem.ts';
import { LONGEST_ROW, type RowBytes, type RowCutter } from './row-splitter.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENS: ReadonlySet<number> = new Set([0x7b, 0x5b]);
const CLOSES: ReadonlySet<number> = new Set([0x7d, 0x5d]);
const BRACKET = 0x5b;
const SPACES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** Deeper than any way to a list. */
const DEEPEST = 64;
/** Enough to find the list that was meant. */
const MOST_LISTS = 8;

type Frame = {
  readonly isList: boolean;
  /** Whether this is a list whose items are the rows. */
  readonly isTarget: boolean;
  /** The way to it, as far as it is the declared one; undefined off the way. */
  readonly isOnTheWay: boolean;
  readonly place: string;
  /** The key whose value comes, in an object. */
  key: string;
  isKeyNext: boolean;
};

/**
 * Cuts the items out of the lists under a path of one JSON document, without holding more than an item. The way to them is followed bracket
 * by bracket; what an item is, is judged when it is read. Rows are counted, since a document may be one line.
 */
export class JsonRowCutter implements RowCutter {
  problem: DeliveryProblem | undefined;
  readonly #path: readonly string[];
  readonly #stack: Frame[] = [];
  readonly #lists: string[] = [];
  #rest: Buffer = Buffer.alloc(0);
  /** Where the scan goes on in `#rest`, and where an item or a key began in it; -1 outside. */
  #at = 0;
  #itemFrom = -1;
  #keyFrom = -1;
  #depthInItem = 0;
  #isString = false;
  #isEscaped = false;
  #isOver = false;
  #hasTarget = false;
  #count = 0;

  constructor(path: readonly string[]) {
    this.#path = path;
  }

  push(chunk: Buffer): RowBytes[] {
    if (this.problem) return [];
    const buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const rows: RowBytes[] = [];
    for (; this.#at < buffer.length && this.problem === undefined; this.#at += 1) {
      const row = this.#step(buffer, buffer[this.#at] ?? 0);
      if (row) rows.push(row);
    }
    this.#keep(buffer);
    return rows;
  }

  end(): RowBytes[] {
    if (this.problem) return [];
    if (!this.#isOver) this.problem = this.#cutOff();
    else if (!this.#hasTarget) this.problem = this.#noList();
    return [];
  }

  #step(buffer: Buffer, byte: number): RowBytes | undefined {
    if (this.#isString) {
      this.#inString(buffer, byte);
      return undefined;
    }
    if (this.#itemFrom >= 0) return this.#inItem(buffer, byte);
    if (SPACES.has(byte)) return undefined;
    if (this.#stack.at(-1)?.isTarget) this.#inTarget(byte);
    else this.#outside(byte);
    return undefined;
  }

  #inString(buffer: Buffer, byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) {
      this.#isString = false;
      const top = this.#stack.at(-1);
      if (this.#keyFrom < 0 || top === undefined) return;
      top.key = keyOf(buffer.subarray(this.#keyFrom, this.#at + 1));
      this.#keyFrom = -1;
    }
  }

  #inItem(buffer: Buffer, byte: number): RowBytes | undefined {
    if (byte === QUOTE) this.#isString = true;
    else if (OPENS.has(byte)) this.#depthInItem += 1;
    else if (CLOSES.has(byte) && this.#depthInItem > 0) this.#depthInItem -= 1;
    else if (this.#depthInItem === 0 && (byte === COMMA || CLOSES.has(byte))) {
      const bytes = buffer.subarray(this.#itemFrom, this.#at);
      this.#itemFrom = -1;
      if (byte !== COMMA) this.#stack.pop();
      this.#isOver = this.#stack.length === 0;
      this.#count += 1;
      return { line: this.#count, bytes: withoutSpace(bytes), isQuoted: false, isTerminated: true };
    }
    return undefined;
  }

  #inTarget(byte: number): void {
    if (byte === COMMA) return;
    if (CLOSES.has(byte)) {
      this.#stack.pop();
      this.#isOver = this.#stack.length === 0;
      return;
    }
    this.#itemFrom = this.#at;
    this.#depthInItem = OPENS.has(byte) ? 1 : 0;
    this.#isString = byte === QUOTE;
  }

  #outside(byte: number): void {
    const top = this.#stack.at(-1);
    if (this.#isOver)
      this.problem = broken(
        'something follows the end of the document; for an object per line say `format: jsonl`',
      );
    else if (byte === QUOTE) {
      this.#isString = true;
      if (top?.isKeyNext) this.#keyFrom = this.#at;
    } else if (OPENS.has(byte)) this.#open(byte === BRACKET, top);
    else if (CLOSES.has(byte)) {
      if (top === undefined || top.isList !== (byte === 0x5d))
        this.problem = broken('its brackets do not fit');
      this.#stack.pop();
      this.#isOver = this.#stack.length === 0;
    } else if (top === undefined) this.problem = broken('it is neither a list nor an object');
    else if (byte === COMMA && !top.isList) top.isKeyNext = true;
    else if (byte === COLON) top.isKeyNext = false;
  }

  #open(isList: boolean, top: Frame | undefined): void {
    const depth = this.#stack.length;
    const step = top === undefined ? '' : top.isList ? '[]' : top.key;
    const isOnTheWay = top === undefined || (top.isOnTheWay && this.#path[depth - 1] === step);
    const isTarget = isList && isOnTheWay && depth === this.#path.length;
    const place =
      top === undefined ? '' : `${top.place}${top.place === '' || step === '[]' ? '' : '.'}${step}`;
    if (isList && this.#lists.length < MOST_LISTS && !this.#lists.includes(place)) this.#lists.push(place);
    if (depth >= DEEPEST) this.problem = broken(`it is nested deeper than ${DEEPEST} before its rows`);
    this.#hasTarget ||= isTarget;
    this.#stack.push({ isList, isTarget, isOnTheWay, place, key: '', isKeyNext: !isList });
  }

  #keep(buffer: Buffer): void {
    const from = this.#itemFrom >= 0 ? this.#itemFrom : this.#keyFrom >= 0 ? this.#keyFrom : this.#at;
    this.#rest = buffer.subarray(from);
    this.#at -= from;
    if (this.#itemFrom >= 0) this.#itemFrom = 0;
    if (this.#keyFrom >= 0) this.#keyFrom = 0;
    if (this.#rest.length <= LONGEST_ROW || this.problem) return;
    const detail = `item ${this.#count + 1} is longer than ${LONGEST_ROW} bytes; look for a text that is never closed, or name the list inside it in \`rows\``;
    this.problem = { code: 'file_row_too_long', detail };
  }

  #cutOff(): DeliveryProblem {
    const detail = `the document breaks off after item ${this.#count}: it looks like half a file; deliver it again when it is complete`;
    return { code: 'file_truncated', detail };
  }

  #noList(): DeliveryProblem {
    const wanted =
      this.#path.length === 0 ? 'the document is no list' : `there is no list at "${this.#path.join('.')}"`;
    const found =
      this.#lists.length === 0
        ? 'it has none'
        : `it has lists at ${this.#lists.map((place) => `"${place}"`).join(', ')}`;
    return {
      code: 'rows_missing',
      detail: `${wanted}; ${found}. Say in the feed's \`rows\` which one is meant`,
    };
  }
}

function keyOf(bytes: Buffer): string {
  try {
    return JSON.parse(bytes.toString('utf8')) as string;
  } catch (error) {
    if (error instanceof SyntaxError) return bytes.toString('utf8');
    throw error;
  }
}

function withoutSpace(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && SPACES.has(bytes[end - 1] ?? 0)) end -= 1;
  return bytes.subarray(0, end);
}

const broken = (what: string): DeliveryProblem => ({
  code: 'file_broken',
  detail: `the file is no JSON document: ${what}; export it again`,
});
