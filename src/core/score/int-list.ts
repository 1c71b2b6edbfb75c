/** So few are put in order faster one by one than by being handed to a sort. */
const FEW = 24;

/** A list of whole numbers that grows without boxing them: millions of pairs kept as objects cost more than comparing them. */
export class IntList {
  length = 0;
  #values = new Int32Array(1_024);

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  /** Whether it was pushed at position `start` or after it. */
  has(value: number, start: number): boolean {
    for (let at = start; at < this.length; at += 1) if (this.#values[at] === value) return true;
    return false;
  }

  /** Puts what was pushed from position `start` on into ascending order. */
  sortFrom(start: number): void {
    if (this.length - start > FEW) {
      this.#values.subarray(start, this.length).sort();
      return;
    }
    const values = this.#values;
    for (let next = start + 1; next < this.length; next += 1) {
      const value = values[next] ?? 0;
      let at = next;
      for (; at > start && (values[at - 1] ?? 0) > value; at -= 1) values[at] = values[at - 1] ?? 0;
      values[at] = value;
    }
  }

  /** The numbers pushed so far; not a copy, so nothing is pushed afterwards. */
  toArray(): Int32Array {
    return this.#values.subarray(0, this.length);
  }
}
