/** So many bytes behind what is copied are read, and written, too. */
const PADDING = 3;

/**
 * Memory whose bytes can be copied four at a time, as `put` does. Byte by byte, the copying of cells took a quarter of the time
 * that a row took, and `Buffer.copy` takes longer than that for what is as short as a cell.
 */
export class Padded {
  bytes: Buffer;
  words: DataView;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size + PADDING);
    this.words = viewOf(this.bytes);
  }

  /** Makes room for so many bytes; what was there may be gone. */
  fit(size: number): void {
    if (size + PADDING <= this.bytes.length) return;
    this.bytes = Buffer.allocUnsafeSlow(2 * size + PADDING);
    this.words = viewOf(this.bytes);
  }
}

/** Bytes that stay the same, with their padding. */
export class Constant {
  readonly words: DataView;
  readonly length: number;

  constructor(bytes: Buffer) {
    const padded = new Padded(bytes.length);
    bytes.copy(padded.bytes);
    this.words = padded.words;
    this.length = bytes.length;
  }
}

export const viewOf = ({ buffer, byteOffset, length }: Buffer): DataView =>
  new DataView(buffer, byteOffset, length);

/** Copies bytes, and up to three behind them: what comes there must be written later. Gives the place behind the copy. */
export function put(
  to: DataView,
  at: number,
  { words, start, end }: { readonly words: DataView; readonly start: number; readonly end: number },
): number {
  let into = at;
  for (let place = start; place < end; place += 4, into += 4) to.setInt32(into, words.getInt32(place));
  return at + end - start;
}

export function putConstant(to: DataView, at: number, { words, length }: Constant): number {
  for (let place = 0; place < length; place += 4) to.setInt32(at + place, words.getInt32(place));
  return at + length;
}
