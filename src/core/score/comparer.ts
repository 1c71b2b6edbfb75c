/** One value of a record as it is compared; undefined or empty text is no evidence, for or against. */
export type Values = {
  readonly expected: readonly (string | undefined)[];
  readonly actual: readonly (string | undefined)[];
};

/**
 * Compares one field of two records. Levels are ordered from the best agreement (1) to the worst; 0 says that one of the
 * two has no value, which is no evidence.
 */
export type Comparer = {
  /** What each level means, in words; `labels[0]` is the missing value. */
  readonly labels: readonly string[];
  /** How records that belong together, and any two others, usually spread over the levels, before anything is learnt. */
  readonly usual: { readonly matched: readonly number[]; readonly random: readonly number[] };
  /** The level of expected record `e` and actual record `a`, by index. */
  readonly levelOf: (e: number, a: number) => number;
  /** How often a record has by chance what these two share; undefined where the level's average says enough. */
  readonly chanceOf: (e: number, a: number, level: number) => number | undefined;
  /** How often a record has by chance the same as an expected one; only where that is known of each value. */
  readonly chanceOfSame?: (e: number) => number | undefined;
  /** What a record can be looked up by, for records that probably agree; none where the field finds nothing. */
  readonly keys: Keys | undefined;
  /** Whether agreement in this field can tell who it was: names and references do, amounts and days do not. */
  readonly isIdentity: boolean;
  /** Which limit of the pass looks at the same. */
  readonly limitedBy?: 'amount' | 'days';
};

/**
 * What records are found by, through the value that each has: equal keys, equal numbers below `size`. As texts, the keys of a
 * hundred thousand records cost more to put together and to look up than all comparing (2026-11-30: 6 of 11 s).
 */
export type Keys = {
  /** Which value each record has; -1 where it has none. */
  readonly expected: Int32Array;
  readonly actual: Int32Array;
  /** Where the keys of each value begin in `numbers`; the last entry is where the last one's end. */
  readonly starts: Int32Array;
  readonly numbers: Int32Array;
  readonly size: number;
};

/** So many records' worth of the usual chance is mixed in: a handful of records cannot tell what is rare. */
const USUAL_WEIGHT = 100;

/**
 * How often a record has by chance a value that `count` of `total` records have, two of which may be the pair itself.
 * Seen nowhere else still counts as once: the next record may bring it.
 */
export function chanceAmong(count: number, { total, usual }: { total: number; usual: number }): number {
  const others = (Math.max(count - 2, 0) + 1) / Math.max(total - 1, 1);
  return (total * others + USUAL_WEIGHT * usual) / (total + USUAL_WEIGHT);
}

/** Values as numbers: equal values, equal numbers below `size`; -1 is no value. */
export type Numbers = { readonly expected: Int32Array; readonly actual: Int32Array; readonly size: number };

/** The chance of each value among both sides, by number; `usual` is how often two records agree by chance as a rule. */
export function chancesOf(numbers: Numbers, usual: number): Float64Array {
  const counts = countsOf(numbers);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Float64Array.from(counts, (count) => chanceAmong(count, { total, usual }));
}

/** How often each number stands among the records of both sides. */
export function countsOf({ expected, actual, size }: Numbers): Int32Array {
  const counts = new Int32Array(size);
  for (const side of [expected, actual])
    for (const number of side) if (number >= 0) counts[number] = (counts[number] ?? 0) + 1;
  return counts;
}

/** The same value never has two spellings in here: equal texts, equal numbers. */
export function intern(values: Values): Numbers {
  const known = new Map<string, number>();
  const numberOf = (value: string | undefined): number => {
    if (value === undefined || value === '') return -1;
    const number = known.get(value);
    if (number !== undefined) return number;
    known.set(value, known.size);
    return known.size - 1;
  };
  const expected = Int32Array.from(values.expected, numberOf);
  const actual = Int32Array.from(values.actual, numberOf);
  return { expected, actual, size: known.size };
}

/** Numbered values, and each of them once, by its number. */
export type Texts = Numbers & { readonly texts: readonly string[] };

/** The values as they were delivered, each once: for those of one comparison alone. */
export function internTexts(values: Values): Texts {
  const numbers = intern(values);
  const texts = new Array<string>(numbers.size).fill('');
  for (const side of ['expected', 'actual'] as const) {
    for (const [at, number] of numbers[side].entries())
      if (number >= 0) texts[number] = values[side][at] ?? '';
  }
  return { ...numbers, texts };
}

/** Texts as they are compared, and which of them each text as delivered became. */
export type Plain = Texts & {
  readonly numberOf: ReadonlyMap<string, number>;
  /** By the number of the text as delivered; -1 where nothing is left to compare. */
  readonly ofRaw: Int32Array;
};

/** The texts as they are compared, each once; what many records have is made plain once. */
export function plainTexts(raw: Texts, plain: (text: string) => string): Plain {
  const known = new Map<string, number>();
  const texts: string[] = [];
  const ofRaw = Int32Array.from(raw.texts, (value) => {
    const text = plain(value);
    if (text === '') return -1;
    const number = known.get(text);
    if (number !== undefined) return number;
    known.set(text, texts.length);
    return texts.push(text) - 1;
  });
  const plainOf = (number: number): number => ofRaw[number] ?? -1;
  const [expected, actual] = [raw.expected.map(plainOf), raw.actual.map(plainOf)];
  return { expected, actual, size: texts.length, texts, numberOf: known, ofRaw };
}

/** The same function over numbers below `size`, which works each out once, when it is asked for. */
export function once<T>(size: number, make: (number: number) => T): (number: number) => T {
  const known = new Array<T | undefined>(size);
  return (number) => {
    const found = known[number];
    if (found !== undefined) return found;
    const made = make(number);
    known[number] = made;
    return made;
  };
}

/** Records that are found by the value itself. */
export function keysOfValues({ expected, actual, size }: Numbers): Keys {
  const starts = Int32Array.from({ length: size + 1 }, (_, value) => value);
  return { expected, actual, starts, numbers: starts.subarray(0, size), size };
}

/** Equal texts as equal numbers. */
export const numbered = (texts: readonly string[]): Int32Array =>
  intern({ expected: texts, actual: [] }).expected;

/** The most pairs of values whose levels are kept, a byte each. */
const REMEMBERED = 16_777_216;

/**
 * The same function over numbered values, which looks at two values once: first names and cities are few, and millions of pairs
 * show the same two. With many different values hardly any pair comes twice, and nothing is kept.
 */
export function remembered(
  values: number,
  levelOf: (one: number, other: number) => number,
): (one: number, other: number) => number {
  if (values * values > REMEMBERED) return levelOf;
  // No level is that high: one byte says both that it is known and which it is.
  const known = new Uint8Array(values * values).fill(UNKNOWN);
  return (one, other) => {
    const at = one * values + other;
    const level = known[at] ?? UNKNOWN;
    if (level !== UNKNOWN) return level;
    const found = levelOf(one, other);
    known[at] = found;
    return found;
  };
}

const UNKNOWN = 255;
