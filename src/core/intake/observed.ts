import { printable } from '../printable.ts';

/** What the values of a column look like. A date carries its shape, since `01/02/2026` in the place of `2026-02-01` is another column. */
export type ValueKind = 'integer' | 'decimal' | 'flag' | 'json' | 'text' | `date ${string}`;

export type ObservedColumn = {
  /** As the delivery writes it. */
  readonly name: string;
  readonly blanks: number;
  readonly kinds: Readonly<Partial<Record<ValueKind, number>>>;
  /** How often each word stood in it, while there are few; undefined when there are too many to be a vocabulary. */
  readonly words: Readonly<Record<string, number>> | undefined;
};

/** A delivery's columns, from a sample of its rows. Kept as JSON. */
export type Observed = {
  readonly sampled: number;
  readonly columns: readonly ObservedColumn[];
  /** Whether the delivery lists its columns, so that one without a value is there all the same. */
  readonly isDeclared: boolean;
};

/** The first rows are looked at one by one, of the others one in so many: what each row says costs more than all else. */
const WHOLE = 500;
const ONE_IN = 64;

export const isSampled = (row: number): boolean => row <= WHOLE || row % ONE_IN === 0;

const MOST_WORDS = 24;
const LONGEST_WORD = 40;
/** A document with other keys in every object is no table. */
const MOST_COLUMNS = 2_000;

type Tally = {
  readonly name: string;
  filled: number;
  readonly kinds: Map<ValueKind, number>;
  words: Map<string, number> | undefined;
};

/** Collects what the columns of a delivery look like. */
export class Observer {
  readonly #columns = new Map<string, Tally>();
  readonly #vocabularies: ReadonlySet<string> | undefined;
  #sampled = 0;
  #isDeclared = false;

  /** Words are kept of these columns only, by their compared names: what nobody asks for is not collected. Undefined: of all. */
  constructor(vocabularies?: ReadonlySet<string>) {
    this.#vocabularies = vocabularies;
  }

  /** Columns that are there though no sampled row has a value in them. */
  declare(names: readonly string[]): void {
    if (names.length > 0) this.#isDeclared = true;
    for (const name of names) this.#tally(name);
  }

  add(cells: Iterable<readonly [name: string, text: string]>): void {
    this.#sampled += 1;
    for (const [name, text] of cells) {
      const tally = this.#tally(name);
      const value = text.trim();
      if (tally === undefined || value === '') continue;
      tally.filled += 1;
      const kind = kindOf(value);
      tally.kinds.set(kind, (tally.kinds.get(kind) ?? 0) + 1);
      tally.words = counted(tally.words, value);
    }
  }

  result(): Observed {
    return {
      sampled: this.#sampled,
      isDeclared: this.#isDeclared,
      columns: [...this.#columns.values()].map(({ name, filled, kinds, words }) => ({
        name,
        blanks: this.#sampled - filled,
        kinds: Object.fromEntries(kinds),
        words: words && Object.fromEntries(words),
      })),
    };
  }

  #collects(key: string): boolean {
    return this.#vocabularies === undefined || this.#vocabularies.has(key);
  }

  #tally(name: string): Tally | undefined {
    const key = name.trim().toLowerCase();
    const known = this.#columns.get(key);
    if (known !== undefined || key === '' || this.#columns.size >= MOST_COLUMNS) return known;
    const made: Tally = {
      name: printable(name.trim()),
      filled: 0,
      kinds: new Map(),
      words: this.#collects(key) ? new Map() : undefined,
    };
    this.#columns.set(key, made);
    return made;
  }
}

function counted(words: Map<string, number> | undefined, value: string): Map<string, number> | undefined {
  if (words === undefined || value.length > LONGEST_WORD) return undefined;
  const word = printable(value.toLowerCase());
  if (!words.has(word) && words.size >= MOST_WORDS) return undefined;
  words.set(word, (words.get(word) ?? 0) + 1);
  return words;
}

const INTEGER = /^[-+]?\d{1,18}$/;
const DECIMAL = /^\(?[-+]?[^\w\s]{0,2}\s?[-+]?\d[\d.,' ]*\)?\s?[^\w\s]{0,2}-?$/;
/** `2026.01` counts as a number: it cannot be told from an amount of four digits, and a column of months has one kind either way. */
const DATE =
  /^\d{4}(?:[-/]\d{2}|[-/.]\d{2}[-/.]\d{2})(?:[T ]\d{2}:\d{2}.*)?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?: \d.*)?$/;
const FLAG = /^(?:true|false|yes|no)$/i;

export function kindOf(value: string): ValueKind {
  if (INTEGER.test(value)) return 'integer';
  if (DATE.test(value)) return `date ${shapeOf(value)}`;
  if (DECIMAL.test(value)) return 'decimal';
  if (FLAG.test(value)) return 'flag';
  return value.startsWith('{') || value.startsWith('[') ? 'json' : 'text';
}

/** The form of a date's day: `9999-99-99`; of a time only that it is one. */
function shapeOf(value: string): string {
  const [day = '', ...time] = value.split(/[T ]/);
  const digits = day.replace(/\d{4}/, 'YYYY').replace(/\d{1,2}/g, '00');
  return time.length === 0 ? digits : `${digits} time`;
}
