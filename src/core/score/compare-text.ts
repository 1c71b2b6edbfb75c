import type { Side } from '../spec.ts';
import { beginningChances } from './beginnings.ts';
import { type Comparer, type Keys, numbered, plainTexts, remembered, type Texts } from './comparer.ts';
import { IntList } from './int-list.ts';
import {
  differentLetters,
  isSameByInitials,
  isWithinEdits,
  lettersOf,
  plainWords,
  sharedPrefix,
} from './text.ts';

const LEVEL = {
  same: 1,
  sameShort: 2,
  cut: 3,
  cutShort: 4,
  sameWords: 5,
  initials: 6,
  holds: 7,
  begins9: 8,
  begins6: 9,
  typo: 10,
  halfOfWords: 11,
  begins3: 12,
  other: 13,
} as const;

const LABELS = [
  'no text',
  'same text',
  'same short text',
  'one is the other cut off',
  'one is the other cut off short',
  'same words in another order',
  'same words, some by their first letter',
  'all words of one stand in the other',
  'same first 9 letters',
  'same first 6 letters',
  'one or two letters apart',
  'half of the words are the same',
  'same first 3 letters',
  'different text',
] as const;

const USUAL = {
  matched: [0, 0.45, 0.05, 0.15, 0.05, 0.03, 0.03, 0.05, 0.05, 0.04, 0.04, 0.02, 0.02, 0.02],
  random: [
    0, 0.0005, 0.0005, 0.0005, 0.0005, 0.0002, 0.0005, 0.0005, 0.0005, 0.002, 0.0005, 0.002, 0.01, 0.982,
  ],
} as const;

const BEGINNINGS: ReadonlySet<number> = new Set([
  LEVEL.same,
  LEVEL.sameShort,
  LEVEL.cut,
  LEVEL.cutShort,
  LEVEL.begins9,
  LEVEL.begins6,
  LEVEL.begins3,
]);

/** Shorter texts stand in others by chance. */
const TELLING = 6;

/** Texts shorter than this are shared by too many to say much. */
const SHORT = 8;

/**
 * Free text and names, aware of what cuts them off: bank memos keep 15 characters, systems append their own codes. How
 * common the shared beginning is decides what agreement is worth (`J B` little, `MATTHIAS CORVINUS` much).
 */
export function compareText(raw: Texts): Comparer {
  const numbers = plainTexts(raw, plainWords);
  const { expected, actual, texts } = numbers;
  const { words, rare, tells, initials, lengthInWords, size } = internWords(texts);
  const counts = sizesOf(words);
  // Numbers beside each other, so that most pairs are told apart without looking at a text.
  const letters = Int32Array.from(texts, lettersOf);
  const lengths = Int32Array.from(texts, ({ length }) => length);
  const begins = numbered(texts.map((text) => text.slice(0, 3)));
  const { chanceOfSame, chanceOfBeginning } = beginningChances(numbers, USUAL.random[LEVEL.same]);
  const bits = counts.map((_, text) => bitsOf(words, text));
  // What is made per pair, a closure or a list to take two values from, would cost more than what it is for.
  const looser = (one: number, other: number, shared: number): number => {
    const mine = counts[one] ?? 0;
    const theirs = counts[other] ?? 0;
    // Of two single words the texts themselves are compared.
    const most = Math.max(mine, theirs);
    const mayShare = most > 1 && ((bits[one] ?? 0) & (bits[other] ?? 0)) !== 0;
    const both = mayShare ? countShared(words, one, other) : 0;
    if (both > 1 && both === most) return LEVEL.sameWords;
    if (
      both > 0 &&
      initials[one] !== initials[other] &&
      lengthInWords[one] === lengthInWords[other] &&
      isSameByInitials(texts[one] ?? '', texts[other] ?? '')
    )
      return LEVEL.initials;
    if (both > 0 && both === Math.min(mine, theirs) && tells[mine <= theirs ? one : other] === 1)
      return LEVEL.holds;
    const mayBeTypo =
      Math.abs((lengths[one] ?? 0) - (lengths[other] ?? 0)) <= SLIPS &&
      differentLetters(letters[one] ?? 0, letters[other] ?? 0) <= 2 * SLIPS;
    if (mayBeTypo && isTypo(texts[one] ?? '', texts[other] ?? '')) return LEVEL.typo;
    if (both >= 2 && both * 2 >= most) return LEVEL.halfOfWords;
    return shared >= 3 ? LEVEL.begins3 : LEVEL.other;
  };
  const levelOfTexts = remembered(texts.length, (one, other) => {
    if (one === other) return (lengths[one] ?? 0) >= SHORT ? LEVEL.same : LEVEL.sameShort;
    if (begins[one] !== begins[other]) return looser(one, other, 0);
    const mine = texts[one] ?? '';
    const theirs = texts[other] ?? '';
    const shared = sharedPrefix(mine, theirs);
    if (shared >= 3 && shared === Math.min(mine.length, theirs.length)) {
      return shared >= SHORT ? LEVEL.cut : LEVEL.cutShort;
    }
    if (shared >= 9) return LEVEL.begins9;
    return shared >= 6 ? LEVEL.begins6 : looser(one, other, shared);
  });
  return {
    labels: LABELS,
    usual: USUAL,
    levelOf: (e, a) => {
      const one = expected[e] ?? -1;
      const other = actual[a] ?? -1;
      return one < 0 || other < 0 ? 0 : levelOfTexts(one, other);
    },
    chanceOf: (e, a, level) => {
      if (BEGINS_ALIKE[level] !== 1) return undefined;
      const one = expected[e] ?? -1;
      if (level <= LEVEL.sameShort) return chanceOfSame(one);
      return chanceOfBeginning(one, sharedPrefix(texts[one] ?? '', texts[actual[a] ?? -1] ?? ''));
    },
    chanceOfSame: (e) => chanceOfSame(expected[e] ?? -1),
    keys: { expected, actual, ...keysOfTexts(begins, rare, size) },
    isIdentity: true,
  };
}

/** By level, whether texts of it begin alike. */
const BEGINS_ALIKE = Uint8Array.from(LABELS, (_, level) => Number(BEGINNINGS.has(level)));

/** Numbers of each text, one text after the other: where those of each begin; the last entry is where the last one's end. */
type Lists = { readonly starts: Int32Array; readonly numbers: Int32Array };

const sizesOf = ({ starts }: Lists): Int32Array =>
  starts.subarray(1).map((end, text) => end - (starts[text] ?? 0));

/**
 * The words of each text as ascending numbers, and those to find it by: equal words, equal numbers below `size`. A list of its
 * own for each text would cost more to make than the words to number.
 */
function internWords(texts: readonly string[]) {
  const known = new Map<string, number>();
  const numberOf = (word: string): number => {
    const number = known.get(word) ?? known.size;
    if (number === known.size) known.set(word, number);
    return number;
  };
  const [words, rare] = [new IntList(), new IntList()];
  const starts = { words: new Int32Array(texts.length + 1), rare: new Int32Array(texts.length + 1) };
  const tells = new Uint8Array(texts.length);
  const initials = new Uint8Array(texts.length);
  const lengthInWords = new Int32Array(texts.length);
  for (const [text, spelt] of texts.entries()) {
    const from = words.length;
    const all = spelt.split(' ');
    lengthInWords[text] = all.length;
    const own = wordsOf(all);
    for (const word of all) if (word.length === 1) initials[text] = (initials[text] ?? 0) + 1;
    tells[text] = Number(isTelling(spelt, all.length === own.length));
    for (const word of own) words.push(numberOf(word));
    words.sortFrom(from);
    for (const word of rareWords(own)) rare.push(numberOf(word));
    starts.words[text + 1] = words.length;
    starts.rare[text + 1] = rare.length;
  }
  return {
    words: { starts: starts.words, numbers: words.toArray() },
    rare: { starts: starts.rare, numbers: rare.toArray() },
    tells,
    initials,
    lengthInWords,
    size: known.size,
  };
}

/** What texts are found by, each by its number: their first three letters, and their rare words. */
function keysOfTexts(begins: Int32Array, rare: Lists, words: number): Omit<Keys, Side> {
  // One beginning each, before what they are found by otherwise; there are at most as many beginnings as texts.
  const starts = rare.starts.map((start, text) => start + text);
  const numbers = new Int32Array(begins.length + rare.numbers.length);
  for (const [text, begin] of begins.entries()) {
    const start = starts[text] ?? 0;
    numbers[start] = words + begin;
    numbers.set(rare.numbers.subarray(rare.starts[text], rare.starts[text + 1]), start + 1);
  }
  return { starts, numbers, size: words + begins.length };
}

/** Whether a text is found in another by its words: without an initial, which is none, it is somebody else. */
const isTelling = (text: string, hasWordsOnly: boolean): boolean => text.length >= TELLING && hasWordsOnly;

/** A bit for each word: texts without a common bit have no common word. */
function bitsOf({ starts, numbers }: Lists, text: number): number {
  let bits = 0;
  for (let at = starts[text] ?? 0; at < (starts[text + 1] ?? 0); at += 1)
    bits |= 1 << ((numbers[at] ?? 0) & 31);
  return bits;
}

/** Each word once. Few texts have so many that looking for one among the others costs more than a set of them. */
const wordsOf = (all: readonly string[]): readonly string[] =>
  all.length > FEW_WORDS
    ? [...new Set(all)].filter((word) => word.length > 1)
    : all.filter((word, at) => word.length > 1 && all.indexOf(word) === at);
const FEW_WORDS = 8;

/** Words long enough to find somebody by, at most the three longest. */
const rareWords = (words: readonly string[]): readonly string[] => {
  const long = words.filter((word) => word.length >= 6);
  return long.length < 2 ? long : long.sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, 3);
};

/** Slips of the keyboard that still leave it the same text; short texts are too close to each other anyway. */
const SLIPS = 2;

const isTypo = (one: string, other: string): boolean =>
  Math.min(one.length, other.length) >= 5 && isWithinEdits(one, other, SLIPS);

function countShared({ starts, numbers }: Lists, one: number, other: number): number {
  const end = starts[one + 1] ?? 0;
  const theirEnd = starts[other + 1] ?? 0;
  let at = starts[one] ?? 0;
  let their = starts[other] ?? 0;
  let both = 0;
  while (at < end && their < theirEnd) {
    const a = numbers[at] ?? 0;
    const b = numbers[their] ?? 0;
    if (a === b) both += 1;
    if (a <= b) at += 1;
    if (b <= a) their += 1;
  }
  return both;
}
