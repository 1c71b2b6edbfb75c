import { type Comparer, chancesOf, type Values } from './comparer.ts';
import { isWithinEdits, plainReference } from './text.ts';

const LEVEL = { same: 1, contained: 2, sameDigits: 3, typo: 4, other: 5 } as const;

const LABELS = [
  'no reference',
  'same reference',
  'one reference stands in the other text',
  'same digits',
  'reference one slip apart',
  'different reference',
] as const;

const USUAL = {
  matched: [0, 0.7, 0.1, 0.05, 0.1, 0.05],
  random: [0, 0.0002, 0.0002, 0.0005, 0.001, 0.9981],
} as const;

/** A shorter one stands in too many texts by chance. */
const LEAST = 5;

/** Order numbers and the like. A memo may be compared with them too: what counts is whether the reference stands in it. */
export function compareReference(values: Values): Comparer {
  const plain = { expected: values.expected.map(readPlain), actual: values.actual.map(readPlain) };
  const chances = chancesOf(plain, USUAL.random[LEVEL.same]);
  return {
    labels: LABELS,
    usual: USUAL,
    levelOf: (e, a) => levelOf(plain.expected[e] ?? '', plain.actual[a] ?? ''),
    chanceOf: (e, _a, level) => (level === LEVEL.same ? chances.get(plain.expected[e] ?? '') : undefined),
    keysOf: (side, index) => keysOf(values[side][index]),
    isIdentity: true,
  };
}

const readPlain = (text: string | undefined): string => (text === undefined ? '' : plainReference(text));

function levelOf(one: string, other: string): number {
  if (one === '' || other === '') return 0;
  if (one === other) return LEVEL.same;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length >= LEAST && long.includes(short)) return LEVEL.contained;
  const digits = short.replace(/\D/g, '');
  if (digits.length >= LEAST && digits === long.replace(/\D/g, '')) return LEVEL.sameDigits;
  return short.length >= LEAST && isWithinEdits(short, long, 1) ? LEVEL.typo : LEVEL.other;
}

/** The whole reference, its words, and its digits: whichever survived the other system. */
function keysOf(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const whole = plainReference(text);
  const words = text
    .slice(0, 400)
    .split(/[^\p{L}\p{N}/_.-]+/u)
    .map(plainReference)
    .filter((word) => word.length >= LEAST);
  const digits = whole.replace(/\D/g, '');
  return [...new Set([whole, ...words, ...(digits.length >= LEAST ? [`#${digits}`] : [])])].filter(
    (key) => key !== '',
  );
}
