import { expect, it } from 'vitest';
import { repeatableRandom } from '../../../src/core/score/random.ts';
import { pairSimilar } from '../../../src/core/similar-pass.ts';
import type { Decide, SimilarPass } from '../../../src/core/spec.ts';

const PASS: SimilarPass = {
  kind: 'similar',
  name: 'similar',
  within: { expected: [], actual: [] },
  gates: { amountPpm: 100_000, days: { from: 0, to: 45 } },
  compare: [
    { expected: 'client', actual: 'payer', kind: 'name' },
    { expected: 'amount', actual: 'amount', kind: 'money' },
    { expected: 'date', actual: 'date', kind: 'lag' },
  ],
};
const DECIDE: Decide = {
  auto: { probabilityPpm: 990_000, marginBits: 6, needReference: true },
  suggest: { probabilityPpm: 500_000 },
};
const PRICES = [900n, 1_900n, 2_900n, 4_900n, 9_900n, 19_900n];
const SYLLABLES = ['ka', 'lo', 'mi', 'ren', 'sol', 'tav', 'ber', 'dun', 'fi', 'gar'];

const dice = repeatableRandom(5);
const pick = <T>(from: readonly T[]): T => from[Math.floor(dice() * from.length)] as T;
const dayOf = (day: number): string => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
const client = (at: number): string =>
  `${[...String(1_000 + at)].map((digit) => SYLLABLES[Number(digit)]).join('')} Media`;

/** Bills of two hundred clients at six prices, every thirty days, each paid some days later; a tenth of each side is not there. */
const billed = Array.from({ length: 200 }, (_, at) => ({ name: client(at), price: pick(PRICES) })).flatMap(
  ({ name, price }, at) =>
    Array.from({ length: 12 }, (_, month) => {
      const day = month * 30 + (at % 28);
      const id = `${String(at).padStart(3, '0')}-${String(month).padStart(2, '0')}`;
      const money = { amountMinor: price, currency: 'EUR' };
      const bill = { ...money, fields: { client: name }, side: 'expected' as const, sourceRef: `e${id}` };
      const paid = { ...money, fields: { payer: name }, side: 'actual' as const, sourceRef: `a${id}` };
      return [
        { ...bill, recordId: `e${id}`, occurredOn: dayOf(day) },
        { ...paid, recordId: `a${id}`, occurredOn: dayOf(day + Math.floor(dice() * 4)) },
      ].filter(() => dice() >= 0.1);
    }).flat(),
);

it('learns that a client pays its own bill, where next to none of those of one price belong together', () => {
  const amounts = { expected: 'amount', actual: 'amount' };

  const { pairs, learnt } = pairSimilar(PASS, billed, { decide: DECIDE, amounts, apart: new Map() });

  const wrong = [...pairs].filter(
    ({ expected, actual }) => expected.sourceRef.slice(1) !== actual.sourceRef.slice(1),
  );
  const name = learnt.fields[0];
  const different = name?.labels.indexOf('different text') ?? 0;
  expect(name?.matched[different]).toBeLessThan(0.01);
  expect(wrong).toHaveLength(0);
  expect(pairs.count).toBeGreaterThan(1_000);
});
