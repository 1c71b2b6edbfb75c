import { expect, it } from 'vitest';
import { repeatableRandom } from '../../../src/core/score/random.ts';
import { pairSimilar } from '../../../src/core/similar-pass.ts';
import type { Decide, SimilarPass } from '../../../src/core/spec.ts';

const PASS: SimilarPass = {
  kind: 'similar',
  name: 'similar',
  within: { expected: [], actual: [] },
  gates: { amountPpm: 200_000, days: { from: 0, to: 45 } },
  compare: [
    { expected: 'person', actual: 'person', kind: 'name' },
    { expected: 'project', actual: 'project', kind: 'text' },
    { expected: 'amount', actual: 'amount', kind: 'money' },
    { expected: 'date', actual: 'date', kind: 'lag' },
  ],
};
const DECIDE: Decide = {
  auto: { probabilityPpm: 990_000, marginBits: 6, needReference: true },
  suggest: { probabilityPpm: 500_000 },
};
const SYLLABLES = ['ka', 'lo', 'mi', 'ren', 'sol', 'tav', 'ber', 'dun', 'fi', 'gar'];

const dice = repeatableRandom(17);
const upTo = (count: number): number => Math.floor(dice() * count);
const dayOf = (day: number): string => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
const word = (at: number): string => [...String(100 + at)].map((digit) => SYLLABLES[Number(digit)]).join('');

/** Hours of eighty people, each at one rate and on two projects of its own; a fifth of each side is not there. */
const worked = Array.from({ length: 2_400 }, (_, at) => {
  const person = upTo(80);
  const day = 7 * upTo(50);
  const hours = [40, 40, 40, 32, 24, 20][upTo(6)] ?? 40;
  const about = {
    fields: {
      person: `${word(person)} ${word(899 - person)}`,
      project: `${word(200 + 2 * person + upTo(2))} website`,
    },
    amountMinor: BigInt(hours * (4_500 + 50 * person)),
    currency: 'EUR',
  };
  const id = String(at).padStart(4, '0');
  const expected = {
    ...about,
    side: 'expected' as const,
    recordId: `e${id}`,
    sourceRef: `e${id}`,
    occurredOn: dayOf(day),
  };
  const paidOn = dayOf(day + upTo(upTo(40) + 1));
  const actual = {
    ...about,
    side: 'actual' as const,
    recordId: `a${id}`,
    sourceRef: `a${id}`,
    occurredOn: paidOn,
  };
  return [expected, actual].filter(() => dice() >= 0.2);
}).flat();

const { pairs, rejected, learnt } = pairSimilar(PASS, worked, {
  decide: DECIDE,
  amounts: { expected: 'amount', actual: 'amount' },
  apart: new Map(),
});
const isRight = (pair: { expected: { recordId: string }; actual: { recordId: string } }): boolean =>
  pair.expected.recordId.slice(1) === pair.actual.recordId.slice(1);

it('learns which fields say again what another has said, and how often', () => {
  const [person, project, amount] = learnt.fields;

  expect(person?.shared).toBeUndefined();
  expect(project?.shared?.by).toBe(0);
  expect(project?.shared?.chance[1]).toBeGreaterThan(0.3);
  expect(project?.shared?.chance[1]).toBeLessThan(0.6);
  expect(amount?.shared?.by).toBeLessThan(2);
});

it('takes hardly two of one person, project and rate for a pair because all three agree: fifteen of 959 it took when each counted in full', () => {
  const wrong = [...pairs].filter((pair) => !isRight(pair));

  expect(pairs.count).toBeGreaterThan(300);
  expect(wrong.length).toBeLessThan(4);
});

it('proposes to a person what it does not take by itself', () => {
  const first = [...rejected].filter(
    ({ side, rank, verdict }) => side === 'expected' && rank === 1 && verdict === 'suggested',
  );

  expect(first.filter(isRight).length).toBeGreaterThan(300);
});
