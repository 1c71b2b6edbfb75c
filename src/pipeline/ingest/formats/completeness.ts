import type { DeliveryProblem } from '../problem.ts';

/**
 * Whether all records came that a source says it sent. Its states say how many records it sent since the state before, of the stream or of
 * all of them.
 */
export class Completeness {
  readonly #stream: string;
  /** Since the last state that counts them. */
  #ofStream = 0;
  #ofAll = 0;
  #total = 0;
  #counted = false;
  #uncounted = 0;

  constructor(stream: string) {
    this.#stream = stream;
  }

  record(isOfStream: boolean): void {
    this.#ofAll += 1;
    if (!isOfStream) return;
    this.#ofStream += 1;
    this.#total += 1;
  }

  /** A problem when the state's count is not that of the records since the one before. */
  state(given: {
    readonly line: number;
    readonly count: string;
    readonly isOfAll: boolean;
  }): DeliveryProblem | undefined {
    const came = given.isOfAll ? this.#ofAll : this.#ofStream;
    const sent = Number(given.count);
    this.#ofStream = 0;
    if (given.isOfAll) this.#ofAll = 0;
    if (given.count === '') {
      this.#uncounted += 1;
      return undefined;
    }
    this.#counted = true;
    if (sent === came) return undefined;
    const whose = given.isOfAll ? 'records' : `records of ${this.#stream}`;
    const detail =
      `line ${given.line}: the source says that it sent ${given.count} ${whose} since its last state, and ${came} came; ` +
      'nothing was taken; run the sync again';
    return { code: 'count_differs', detail };
  }

  /** A problem when records came after the last count: the source was still sending when it stopped. */
  end(): DeliveryProblem | undefined {
    if (!this.#counted || this.#ofStream === 0) return undefined;
    const detail =
      `${this.#ofStream} records of ${this.#stream} came after the last state, so the source stopped in the middle; ` +
      'nothing was taken; run the sync again';
    return { code: 'count_missing', detail };
  }

  warnings(): readonly string[] {
    if (this.#counted && this.#uncounted === 0) return [];
    if (this.#total === 0) return [];
    return [
      this.#counted
        ? `${this.#uncounted} states of the source carry no count: what came before them could not be checked`
        : 'the source sent no counts: whether its records are complete could not be checked',
    ];
  }
}
