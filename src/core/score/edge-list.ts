import type { Edges } from './decide.ts';

/** Pairs and their weights, side by side: as objects, millions of them cost more than weighing them. */
export class EdgeList {
  #size = 0;
  #e = new Int32Array(1_024);
  #a = new Int32Array(1_024);
  #weight = new Float64Array(1_024);

  push(e: number, a: number, weight: number): void {
    if (this.#size === this.#e.length) this.#grow();
    this.#e[this.#size] = e;
    this.#a[this.#size] = a;
    this.#weight[this.#size] = weight;
    this.#size += 1;
  }

  /** What was pushed so far; not a copy, so nothing is pushed afterwards. */
  toEdges(): Edges {
    return {
      e: this.#e.subarray(0, this.#size),
      a: this.#a.subarray(0, this.#size),
      weight: this.#weight.subarray(0, this.#size),
    };
  }

  #grow(): void {
    const [e, a, weight] = [this.#e, this.#a, this.#weight];
    this.#e = new Int32Array(this.#size * 2);
    this.#a = new Int32Array(this.#size * 2);
    this.#weight = new Float64Array(this.#size * 2);
    this.#e.set(e);
    this.#a.set(a);
    this.#weight.set(weight);
  }
}
