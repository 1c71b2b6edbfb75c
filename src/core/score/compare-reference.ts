import {
  type Comparer,
  chancesOf,
  type Keys,
  numbered,
  type Plain,
  plainTexts,
  remembered,
  type Texts,
} from './comparer.ts';
import { IntList } from './int-list.ts';
import { differentLetters, isWithinEdits, lettersOf, PRINTABLE, plainReference } from './text.ts';

const LEVEL = { same: 1, contained: 2, sameDigits: 3, sameEnd: 4, typo: 5, other: 6 } as const;

const LABELS = [
  'no reference',
  'same reference',
  'one reference stands in the other text',
  'same digits',
  'same last digits',
  'reference one slip apart',
  'different reference',
] as const;

const USUAL = {
  matched: [0, 0.68, 0.1, 0.05, 0.03, 0.09, 0.05],
  random: [0, 0.0002, 0.0002, 0.0005, 0.0002, 0.001, 0.9979],
} as const;

/** A shorter one stands in too many texts by chance. */
const LEAST = 5;
/** So many last digits are one number whatever stands before them: a country's prefix, a year, a branch. */
const END = 7;

/** Order numbers and the like. A memo may be compared with them too: what counts is whether the reference stands in it. */
export function compareReference(raw: Texts): Comparer {
  const numbers = plainTexts(raw, plainReference);
  const { expected, actual, texts } = numbers;
  const chances = chancesOf(numbers, USUAL.random[LEVEL.same]);
  // Numbers beside each other, so that most pairs are told apart without looking at a text.
  const letters = Int32Array.from(texts, lettersOf);
  const digitsOf = texts.map((text) => text.replace(/\D+/g, ''));
  const digits = numbered(digitsOf);
  const ends = numbered(digitsOf.map((own) => own.slice(-LEAST)));
  const levelOfTexts = remembered(texts.length, (one, other) => {
    if (one === other) return LEVEL.same;
    const mine = letters[one] ?? 0;
    const theirs = letters[other] ?? 0;
    const apart = differentLetters(mine, theirs);
    // Of one that stands in the other, all letters do.
    if (isPart(mine, theirs) && isContained(texts[one] ?? '', texts[other] ?? '')) return LEVEL.contained;
    if (digits[one] === digits[other] && (digitsOf[one] ?? '').length >= LEAST) return LEVEL.sameDigits;
    if (ends[one] === ends[other] && isSameEnd(digitsOf[one] ?? '', digitsOf[other] ?? ''))
      return LEVEL.sameEnd;
    return apart <= 2 && isTypo(texts[one] ?? '', texts[other] ?? '') ? LEVEL.typo : LEVEL.other;
  });
  return {
    labels: LABELS,
    usual: USUAL,
    levelOf: (e, a) => {
      const one = expected[e] ?? -1;
      const other = actual[a] ?? -1;
      return one < 0 || other < 0 ? 0 : levelOfTexts(one, other);
    },
    chanceOf: (e, _a, level) => (level === LEVEL.same ? chances[expected[e] ?? -1] : undefined),
    chanceOfSame: (e) => chances[expected[e] ?? -1],
    // Of the texts as they were delivered: made plain, they have no words.
    keys: keysOf(raw, numbers, { digits, ends, digitsOf }),
    isIdentity: true,
  };
}

/** Whether the letters of one are all among those of the other. */
const isPart = (one: number, other: number): boolean => (one & ~other) === 0 || (other & ~one) === 0;

function isContained(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.length >= LEAST && long.includes(short);
}

/** Whether one number is the end of the other, or both end alike for long: `0171 2345678` and `+49 171 2345678`. */
function isSameEnd(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  const length = Math.min(shorter, END);
  return shorter >= LEAST && one.slice(-length) === other.slice(-length);
}

const isTypo = (one: string, other: string): boolean =>
  Math.min(one.length, other.length) >= LEAST && isWithinEdits(one, other, 1);

/**
 * What each text as delivered is found by: the whole reference, its words, its digits and its last digits, whichever survived the other system.
 * Whole references and digits have their numbers already; words of longer texts are numbered here.
 */
function keysOf(
  raw: Texts,
  { numberOf, ofRaw, size }: Plain,
  { digits, ends, digitsOf }: { digits: Int32Array; ends: Int32Array; digitsOf: readonly string[] },
): Keys {
  const others = new Map<string, number>();
  const numberOfWord = (word: string): number => {
    const known = numberOf.get(word) ?? others.get(word);
    if (known !== undefined) return known;
    // Beyond the whole references, the digits and the last digits, of which there are at most as many.
    const number = 3 * size + others.size;
    others.set(word, number);
    return number;
  };
  // Words as they stand in the texts: made plain once, and -1 where that leaves too little.
  const spelt = new Map<string, number>();
  const numberOfSpelt = (word: string): number => {
    const known = spelt.get(word);
    if (known !== undefined) return known;
    const plain = plainReference(word);
    const number = plain.length < LEAST ? -1 : numberOfWord(plain);
    spelt.set(word, number);
    return number;
  };
  const starts = new Int32Array(raw.texts.length + 1);
  const numbers = new IntList();
  for (const [at, text] of raw.texts.entries()) {
    const whole = ofRaw[at] ?? -1;
    if (whole >= 0) {
      numbers.push(whole);
      const from = numbers.length;
      for (const word of wordsOf(text)) {
        const number = numberOfSpelt(word);
        if (number >= 0 && number !== whole && !numbers.has(number, from)) numbers.push(number);
      }
      if ((digitsOf[whole] ?? '').length >= LEAST) {
        numbers.push(size + (digits[whole] ?? 0));
        numbers.push(2 * size + (ends[whole] ?? 0));
      }
    }
    starts[at + 1] = numbers.length;
  }
  const { expected, actual } = raw;
  return { expected, actual, starts, numbers: numbers.toArray(), size: 3 * size + others.size };
}

/** The words of a text that is more than one. */
function wordsOf(text: string): readonly string[] {
  if (ONE_WORD.test(text)) return NO_WORDS;
  const begun = text.slice(0, 400);
  return begun.split(PRINTABLE.test(begun) ? /[^A-Za-z0-9/_.-]+/ : /[^\p{L}\p{N}/_.-]+/u);
}

const ONE_WORD = /^[A-Za-z0-9/_.-]*$/;
const NO_WORDS: readonly string[] = [];
