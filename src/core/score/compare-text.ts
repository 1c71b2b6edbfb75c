import { type Comparer, chanceAmong, type Values } from './comparer.ts';
import { differentLetters, isWithinEdits, lettersOf, plainWords, sharedPrefix } from './text.ts';

const LEVEL = {
  same: 1,
  sameShort: 2,
  cut: 3,
  cutShort: 4,
  sameWords: 5,
  begins9: 6,
  begins6: 7,
  typo: 8,
  halfOfWords: 9,
  begins3: 10,
  other: 11,
} as const;

const LABELS = [
  'no text',
  'same text',
  'same short text',
  'one is the other cut off',
  'one is the other cut off short',
  'same words in another order',
  'same first 9 letters',
  'same first 6 letters',
  'one or two letters apart',
  'half of the words are the same',
  'same first 3 letters',
  'different text',
] as const;

const USUAL = {
  matched: [0, 0.5, 0.05, 0.15, 0.05, 0.03, 0.06, 0.04, 0.05, 0.03, 0.02, 0.02],
  random: [0, 0.0005, 0.0005, 0.0005, 0.0005, 0.0002, 0.0005, 0.002, 0.0005, 0.002, 0.01, 0.983],
} as const;

/** Texts shorter than this are shared by too many to say much. */
const SHORT = 8;

/**
 * Free text and names, aware of what cuts them off: bank memos keep 15 characters, systems append their own codes. How
 * common the shared beginning is decides what agreement is worth (`J B` little, `MATTHIAS CORVINUS` much).
 */
export function compareText(values: Values): Comparer {
  const plain = { expected: values.expected.map(readPlain), actual: values.actual.map(readPlain) };
  const words = { expected: plain.expected.map(wordsOf), actual: plain.actual.map(wordsOf) };
  const letters = { expected: plain.expected.map(lettersOf), actual: plain.actual.map(lettersOf) };
  const chanceOfPrefix = prefixChances([...plain.expected, ...plain.actual]);
  const levelOf = (e: number, a: number): number => {
    const [one, other] = [plain.expected[e] ?? '', plain.actual[a] ?? ''];
    if (one === '' || other === '') return 0;
    if (one === other) return one.length >= SHORT ? LEVEL.same : LEVEL.sameShort;
    const shared = sharedPrefix(one, other);
    if (shared === Math.min(one.length, other.length)) {
      if (shared >= 3) return shared >= SHORT ? LEVEL.cut : LEVEL.cutShort;
    }
    if (shared >= 9) return LEVEL.begins9;
    if (shared >= 6) return LEVEL.begins6;
    const mayBeTypo = differentLetters(letters.expected[e] ?? 0, letters.actual[a] ?? 0) <= 2 * SLIPS;
    const [mine, theirs] = [words.expected[e] ?? [], words.actual[a] ?? []];
    return looser(mine, theirs, { shared, isTypo: () => mayBeTypo && isTypo(one, other) });
  };
  return {
    labels: LABELS,
    usual: USUAL,
    levelOf,
    chanceOf: (e, a, level) => {
      if (level === 0 || !BEGINS_ALIKE.has(level)) return undefined;
      const one = plain.expected[e] ?? '';
      return chanceOfPrefix(one.slice(0, sharedPrefix(one, plain.actual[a] ?? '')));
    },
    keysOf: (side, index) => {
      const text = plain[side][index] ?? '';
      return text === '' ? [] : [`^${text.slice(0, 3)}`, ...rareWords(words[side][index] ?? [])];
    },
    isIdentity: true,
  };
}

const BEGINS_ALIKE: ReadonlySet<number> = new Set([
  LEVEL.same,
  LEVEL.sameShort,
  LEVEL.cut,
  LEVEL.cutShort,
  LEVEL.begins9,
  LEVEL.begins6,
  LEVEL.begins3,
]);

const readPlain = (text: string | undefined): string => (text === undefined ? '' : plainWords(text));

const wordsOf = (text: string): readonly string[] =>
  text === '' ? [] : [...new Set(text.split(' '))].filter((word) => word.length > 1).sort();

/** Words long enough to find somebody by, at most the three longest. */
const rareWords = (words: readonly string[]): readonly string[] =>
  words
    .filter((word) => word.length >= 6)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .slice(0, 3);

/** What is left when the beginnings say little: the words in any order, then slips of the keyboard. */
function looser(
  mine: readonly string[],
  theirs: readonly string[],
  { shared, isTypo }: { shared: number; isTypo: () => boolean },
): number {
  const both = countShared(mine, theirs);
  const most = Math.max(mine.length, theirs.length);
  if (both > 0 && both === most && both > 1) return LEVEL.sameWords;
  if (isTypo()) return LEVEL.typo;
  if (both >= 2 && both * 2 >= most) return LEVEL.halfOfWords;
  return shared >= 3 ? LEVEL.begins3 : LEVEL.other;
}

/** Slips of the keyboard that still leave it the same text; short texts are too close to each other anyway. */
const SLIPS = 2;

const isTypo = (one: string, other: string): boolean =>
  Math.min(one.length, other.length) >= 5 && isWithinEdits(one, other, SLIPS);

function countShared(mine: readonly string[], theirs: readonly string[]): number {
  let [at, their, both] = [0, 0, 0];
  while (at < mine.length && their < theirs.length) {
    const [a, b] = [mine[at] ?? '', theirs[their] ?? ''];
    if (a === b) both += 1;
    if (a <= b) at += 1;
    if (b <= a) their += 1;
  }
  return both;
}

/** A function that tells how often a text begins with a prefix by chance. */
function prefixChances(texts: readonly string[]): (prefix: string) => number {
  const sorted = texts.filter((text) => text !== '').sort(byCodeUnit);
  const known = new Map<string, number>();
  return (prefix) => {
    const before = known.get(prefix);
    if (before !== undefined) return before;
    const count = firstNotBelow(sorted, `${prefix}\uffff`) - firstNotBelow(sorted, prefix);
    const usual = USUAL.random[LEVEL.same];
    const chance = chanceAmong(count, { total: sorted.length, usual });
    known.set(prefix, chance);
    return chance;
  };
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function firstNotBelow(sorted: readonly string[], bound: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
