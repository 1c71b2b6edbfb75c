import { type Comparer, chancesOf, intern, keysOfValues, type Numbers } from './comparer.ts';

/** What is compared of a record: exact minor units and their currency; undefined where it has no amount. */
export type Amount = { readonly amountMinor: bigint | undefined; readonly currency: string | undefined };
type OneSide = readonly Amount[];
type Amounts = { readonly expected: OneSide; readonly actual: OneSide };
/** Minor units as doubles, 0 where there are none: exact up to some 90 trillion. */
export type Sizes = { readonly expected: Float64Array; readonly actual: Float64Array };

/** Up to which relative difference each level reaches; measured on real payments, finer where fees and rates fall. */
const STEPS = [0.0001, 0.01, 0.02, 0.03, 0.05, 0.1, 0.3] as const;

const USUAL = {
  matched: [0, 0.6, 0.03, 0.1, 0.08, 0.05, 0.05, 0.05, 0.02, 0.02],
  random: [0, 0.001, 0.0005, 0.004, 0.004, 0.004, 0.008, 0.02, 0.08, 0.88],
} as const;

/**
 * Amounts: exact (a rare amount says more than a common one), then relative differences. Another currency or sign is the
 * worst level. Equality is of the exact integers; only the ratio is floating.
 */
export function compareMoney(amounts: Amounts, sizes: Sizes): Comparer {
  const currencies = intern({
    expected: amounts.expected.map(currencyOf),
    actual: amounts.actual.map(currencyOf),
  });
  const numbers = internAmounts(amounts, sizes, currencies);
  const chances = chancesOf(numbers, USUAL.random[1]);
  const worst = STEPS.length + 2;
  return {
    labels: [
      'no amount',
      'same amount',
      ...STEPS.map((step) => `amounts within ${Number((step * 100).toPrecision(3))} %`),
      'amounts far apart',
    ],
    usual: USUAL,
    levelOf: (e, a) => {
      const one = numbers.expected[e] ?? -1;
      const other = numbers.actual[a] ?? -1;
      if (one < 0 || other < 0) return 0;
      if (one === other) return 1;
      if (currencies.expected[e] !== currencies.actual[a]) return worst;
      const difference = relative(sizes.expected[e] ?? 0, sizes.actual[a] ?? 0);
      let step = 0;
      while (step < STEPS.length && difference > (STEPS[step] ?? 0)) step += 1;
      return step + 2;
    },
    chanceOf: (e, _a, level) => (level === 1 ? chances[numbers.expected[e] ?? -1] : undefined),
    chanceOfSame: (e) => chances[numbers.expected[e] ?? -1],
    keys: keysOfValues(numbers),
    isIdentity: false,
    limitedBy: 'amount',
  };
}

/** Equal amounts of one currency as equal numbers: by the whole number itself, or its digits where a double is not exact. */
function internAmounts(amounts: Amounts, sizes: Sizes, currencies: Numbers): Numbers {
  // The first is of those without a currency.
  const known = Array.from({ length: currencies.size + 1 }, () => new Map<number | string, number>());
  let count = 0;
  const numbersOf = (side: keyof Amounts): Int32Array =>
    Int32Array.from(amounts[side], ({ amountMinor, currency }, at) => {
      const ofCurrency = known[(currencies[side][at] ?? -1) + 1];
      if (amountMinor === undefined || currency === undefined || !ofCurrency) return -1;
      const size = sizes[side][at] ?? 0;
      const key = Number.isSafeInteger(size) ? size : String(amountMinor);
      const number = ofCurrency.get(key);
      if (number !== undefined) return number;
      ofCurrency.set(key, count);
      count += 1;
      return count - 1;
    });
  const [expected, actual] = [numbersOf('expected'), numbersOf('actual')];
  return { expected, actual, size: count };
}

/** The difference as a share of the larger size; amounts of opposite sign are as far apart as can be. */
function relative(one: number, other: number): number {
  if (one === other) return 0;
  return Math.abs(one - other) / Math.max(Math.abs(one), Math.abs(other));
}

const currencyOf = ({ amountMinor, currency }: Amount): string | undefined =>
  amountMinor === undefined ? undefined : currency;
