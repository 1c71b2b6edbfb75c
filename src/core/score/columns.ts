import type { Texts } from './comparer.ts';

/** Fields of one side's records as numbers, by field. */
export type Columns = ReadonlyMap<string, Int32Array>;

type Reading<R> = {
  /** The order that the records are to stand in. */
  readonly order: Int32Array;
  readonly fields: Iterable<string>;
  readonly readAs: (record: R, field: string) => string | undefined;
};

/**
 * Numbers the texts of records, each once, whatever field and side it is of; -1 is no value. Records are read as they came, and
 * their numbers are put in order then: of a hundred thousand texts read in another order than they were made in, the processor
 * waits for nearly each.
 */
export class TextNumbers {
  readonly texts: string[] = [];
  readonly #known = new Map<string, number>();

  columnsOf<R>(records: readonly R[], { order, fields, readAs }: Reading<R>): Columns {
    const columns = Array.from(fields, (field) => ({ field, numbers: new Int32Array(records.length) }));
    for (const [at, record] of records.entries()) {
      for (const { field, numbers } of columns) numbers[at] = this.#numberOf(readAs(record, field));
    }
    return new Map(columns.map(({ field, numbers }) => [field, order.map((at) => numbers[at] ?? -1)]));
  }

  /** What two columns have, numbered without gaps, in the order the texts were made in. */
  between(expected: Int32Array, actual: Int32Array): Texts {
    const own = new Int32Array(this.texts.length).fill(-1);
    for (const column of [expected, actual]) for (const number of column) if (number >= 0) own[number] = 0;
    const texts: string[] = [];
    for (let number = 0; number < own.length; number += 1)
      if (own[number] === 0) own[number] = texts.push(this.texts[number] ?? '') - 1;
    const ownOf = (number: number): number => own[number] ?? -1;
    return { expected: expected.map(ownOf), actual: actual.map(ownOf), size: texts.length, texts };
  }

  #numberOf(value: string | undefined): number {
    if (value === undefined || value === '') return -1;
    const number = this.#known.get(value);
    if (number !== undefined) return number;
    this.#known.set(value, this.texts.length);
    return this.texts.push(value) - 1;
  }
}
