import { viewOf } from './plain/padded.ts';
import type { SpareMemory } from './spare-memory.ts';

/**
 * Collects bytes, most of them as text, a character for each. Each piece is written out at once: a long text built by appending keeps every piece alive until
 * its end, and collecting those costs more than reading the rows.
 */
export class ByteWriter {
  bytes: Buffer;
  words: DataView;
  length = 0;

  /** In memory of its own, or in some that is used again. */
  constructor(expected: number, memory?: SpareMemory) {
    const size = Math.max(expected, 1_024);
    this.bytes = memory?.take(size) ?? Buffer.allocUnsafeSlow(size);
    this.words = viewOf(this.bytes);
  }

  write(text: string): void {
    this.reserve(text.length);
    this.length += this.bytes.write(text, this.length, 'latin1');
  }

  /** Sees to it that so many bytes have room after what was written, for who writes them himself and sets `length`. */
  reserve(size: number): void {
    const needed = this.length + size;
    if (needed > this.bytes.length) this.#grow(needed);
  }

  /** What was written; nothing is written afterwards. */
  take(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
    this.words = viewOf(larger);
  }
}
