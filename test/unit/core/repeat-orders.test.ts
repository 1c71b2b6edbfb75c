import { expect, it } from 'vitest';
import { repeatableRandom } from '../../../src/core/score/random.ts';
import { pairSimilar } from '../../../src/core/similar-pass.ts';
import type { Decide, SimilarPass } from '../../../src/core/spec.ts';

const PASS: SimilarPass = {
  kind: 'similar',
  name: 'similar',
  within: { expected: [], actual: [] },
  gates: { amountPpm: 300_000, days: { from: 0, to: 30 } },
  compare: [
    { expected: 'item', actual: 'item', kind: 'text' },
    { expected: 'vendor', actual: 'vendor', kind: 'name' },
    { expected: 'sku', actual: 'sku', kind: 'reference' },
    { expected: 'amount', actual: 'amount', kind: 'money' },
    { expected: 'date', actual: 'date', kind: 'lag' },
  ],
};
const DECIDE: Decide = {
  auto: { probabilityPpm: 990_000, marginBits: 6, needReference: true },
  suggest: { probabilityPpm: 500_000 },
};

const dice = repeatableRandom(11);
const upTo = (count: number): number => Math.floor(dice() * count);
const dayOf = (day: number): string => new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10);
const letters = (number: number): string =>
  [...String(100 + number)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');

/** Orders of two hundred products, a dozen each within half a year, and their invoices: product, vendor and number agree among all of them. */
const ordered = Array.from({ length: 2_400 }, (_, at) => {
  const product = upTo(200);
  const day = upTo(180);
  const shared = { amountMinor: BigInt((1 + upTo(400)) * (97 + 7 * product)), currency: 'EUR' };
  const fields = {
    item: `${letters(product)} deluxe of ${letters(product % 37)}`,
    vendor: `${letters(product % 23)} Trading`,
    sku: String(500_000 + product * 731),
  };
  const id = String(at).padStart(4, '0');
  const invoice = { ...fields, sku: dice() < 0.5 ? fields.sku : '' };
  return [
    {
      ...shared,
      fields,
      side: 'expected' as const,
      recordId: `e${id}`,
      sourceRef: `e${id}`,
      occurredOn: dayOf(day),
    },
    {
      ...shared,
      fields: invoice,
      side: 'actual' as const,
      recordId: `a${id}`,
      sourceRef: `a${id}`,
      occurredOn: dayOf(day + 1 + upTo(21)),
    },
  ];
});

it('tells which invoice is of which order from what all orders of one product have in common', () => {
  const amounts = { expected: 'amount', actual: 'amount' };

  const { pairs, learnt } = pairSimilar(PASS, ordered.flat(), { decide: DECIDE, amounts, apart: new Map() });

  const wrong = [...pairs].filter(
    ({ expected, actual }) => expected.recordId.slice(1) !== actual.recordId.slice(1),
  );
  const sameAmount = learnt.fields.find(({ field }) => field === 'amount')?.matched[1];
  expect(sameAmount).toBeGreaterThan(0.5);
  expect(wrong).toHaveLength(0);
  expect(pairs.count).toBeGreaterThan(2_080);
});
