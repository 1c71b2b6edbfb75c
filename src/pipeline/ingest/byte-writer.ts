/**
 * Collects bytes that come as text, a character for each. Each piece is written out at once: a long text built by appending keeps every piece alive until
 * its end, and collecting those costs more than reading the rows.
 */
export class ByteWriter {
  #bytes: Buffer;
  #length = 0;

  constructor(expected: number) {
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(expected, 1_024));
  }

  get length(): number {
    return this.#length;
  }

  write(text: string): void {
    const needed = this.#length + text.length;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#length += this.#bytes.write(text, this.#length, 'latin1');
  }

  /** What was written; nothing is written afterwards. */
  take(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
