import { type Comparer, chancesOf, keysOfValues, type Numbers } from './comparer.ts';

const USUAL = { matched: [0, 0.95, 0.05], random: [0, 0.01, 0.99] } as const;

/** Equal or not: for codes, e-mail addresses and whatever else has one spelling. A rare value says more than a common one. */
export function compareExact(numbers: Numbers): Comparer {
  const chances = chancesOf(numbers, USUAL.random[1]);
  return {
    labels: ['no value', 'same value', 'another value'],
    usual: USUAL,
    levelOf: (e, a) => {
      const one = numbers.expected[e] ?? -1;
      const other = numbers.actual[a] ?? -1;
      if (one < 0 || other < 0) return 0;
      return one === other ? 1 : 2;
    },
    chanceOf: (e, _a, level) => (level === 1 ? chances[numbers.expected[e] ?? -1] : undefined),
    chanceOfSame: (e) => chances[numbers.expected[e] ?? -1],
    keys: keysOfValues(numbers),
    isIdentity: true,
  };
}
