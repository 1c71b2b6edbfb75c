import type { Comparer } from './comparer.ts';

/** Days since the epoch. */
export type Days = { readonly expected: Int32Array; readonly actual: Int32Array };

/** Up to how many days later each level reaches. */
const STEPS = [0, 1, 2, 3, 4, 7, 10, 30] as const;
const LONGEST = 30;

/** How long after the expected record the actual one came. One-sided: nothing is billed before it was ordered. */
export function compareLag({ expected, actual }: Days): Comparer {
  const worst = STEPS.length + 1;
  // One look instead of one per step: days are asked of every pair.
  const levels = Uint8Array.from(
    { length: LONGEST + 1 },
    (_, later) => STEPS.findIndex((limit) => later <= limit) + 1,
  );
  return {
    labels: ['no day', ...STEPS.map(label), 'earlier, or more than 30 days later'],
    usual: {
      matched: [0, 0.25, 0.2, 0.15, 0.08, 0.07, 0.1, 0.05, 0.08, 0.02],
      random: [0, 0.01, 0.01, 0.01, 0.01, 0.01, 0.03, 0.03, 0.17, 0.72],
    },
    levelOf: (e, a) => {
      const later = (actual[a] ?? 0) - (expected[e] ?? 0);
      return later < 0 || later > LONGEST ? worst : (levels[later] ?? worst);
    },
    chanceOf: () => undefined,
    keys: undefined,
    isIdentity: false,
    limitedBy: 'days',
  };
}

const label = (step: number): string => {
  if (step === 0) return 'same day';
  return step === 1 ? 'one day later' : `up to ${step} days later`;
};
