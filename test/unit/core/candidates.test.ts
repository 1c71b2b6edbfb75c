import { describe, expect, it } from 'vitest';
import { findCandidates, indexesOf } from '../../../src/core/score/candidates.ts';
import { compareExact } from '../../../src/core/score/compare-exact.ts';

type Person = {
  readonly name: string;
  readonly city: string;
  readonly phone?: string;
  readonly cents?: number;
};

/** Who is compared with the first of `people`, among `others`. */
function comparedWith(person: Person, others: readonly Person[]) {
  const texts = (pick: (one: Person) => string | undefined) =>
    compareExact({ expected: [pick(person)], actual: others.map(pick) });
  const blank = (count: number) => new Array<string>(count).fill('');
  const finder = {
    comparers: [texts(({ name }) => name), texts(({ city }) => city), texts(({ phone }) => phone)],
    columns: {
      within: { expected: blank(1), actual: blank(others.length) },
      amount: {
        expected: Float64Array.of(person.cents ?? 0),
        actual: Float64Array.from(others, ({ cents }) => cents ?? 0),
      },
      day: { expected: new Int32Array(1), actual: new Int32Array(others.length) },
    },
    gates: { amount: undefined, days: undefined },
    sizes: { expected: 1, actual: others.length },
    apart: new Map(),
  };
  const { actual, capped } = findCandidates(finder, indexesOf(finder));
  return { compared: [...actual], capped };
}

const crowd = (count: number, like: (at: number) => Person): Person[] =>
  Array.from({ length: count }, (_, at) => like(at));

describe('who is compared', () => {
  const ANA = { name: 'Ana', city: 'Porto', phone: '912' };

  it('is everybody who shares a field, while those are hundreds', () => {
    const others = crowd(300, (at) => ({ name: 'Ana', city: `city ${at}` }));
    expect(comparedWith(ANA, others)).toMatchObject({ compared: others.map((_, at) => at), capped: 0 });
  });

  it('is of a common name who shares the city too, and whoever shares what is rare', () => {
    const others = [
      ...crowd(3_000, (at) => ({ name: 'Ana', city: `city ${at}` })),
      ...crowd(3_000, (at) => ({ name: `name ${at}`, city: 'Porto' })),
      { name: 'Ana', city: 'Porto' },
      { name: 'Anna', city: 'Oporto', phone: '912' },
    ];
    expect(comparedWith(ANA, others)).toEqual({ compared: [6_000, 6_001], capped: 1 });
  });

  it('is of a common name alone the nearest in amount, where amounts are known', () => {
    const others = crowd(3_000, (at) => ({ name: 'Ana', city: `city ${at}`, cents: at }));
    const { compared, capped } = comparedWith({ ...ANA, cents: 1_000 }, others);
    expect({ first: compared[0], count: compared.length, capped }).toEqual({
      first: 800,
      count: 400,
      capped: 1,
    });
  });

  it('is of a common name alone no more than 2,000, where nothing else tells them apart', () => {
    const others = crowd(3_000, (at) => ({ name: 'Ana', city: `city ${at}` }));
    expect(comparedWith({ name: 'Ana', city: 'Porto' }, others)).toMatchObject({
      compared: crowd(2_000, () => ANA).map((_, at) => at),
      capped: 1,
    });
  });
});
