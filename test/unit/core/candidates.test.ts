import { describe, expect, it } from 'vitest';
import { straight } from '../../../src/core/pauses.ts';
import { eachCandidates, type Finder, indexesOf } from '../../../src/core/score/candidates.ts';
import { compareExact } from '../../../src/core/score/compare-exact.ts';
import { compareReference } from '../../../src/core/score/compare-reference.ts';
import { intern, internTexts } from '../../../src/core/score/comparer.ts';
import { findSessions } from '../../../src/core/score/sessions.ts';

type Person = {
  readonly name: string;
  readonly city: string;
  readonly phone?: string;
  readonly cents?: number;
};

/** One person, to be found among others by equal fields. */
function finderOf(person: Person, others: readonly Person[]) {
  const texts = (pick: (one: Person) => string | undefined) =>
    compareExact(intern({ expected: [pick(person)], actual: others.map(pick) }));
  return {
    comparers: [texts(({ name }) => name), texts(({ city }) => city), texts(({ phone }) => phone)],
    columns: {
      within: undefined,
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
}

/** Whom each expected record is compared with, in order, and of how many not all were. */
function comparedBy(finder: Finder, indexes = indexesOf(finder)) {
  const each: number[][] = [];
  const capped = straight(
    eachCandidates(finder, indexes, {
      visit: (e, actual) => {
        each[e] = [...actual].sort((one, other) => one - other);
      },
    }),
  );
  return { each, capped };
}

/** Who is compared with the person, among the others. */
function comparedWith(person: Person, others: readonly Person[]) {
  const { each, capped } = comparedBy(finderOf(person, others));
  return { compared: each[0] ?? [], capped };
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

it.each([
  ['PO-2026/114', 'po 2026114', true],
  ['PO-2026/114', 'Rent for PO-2026/114, thanks', true],
  ['Rent for PO-2026/114', 'PO-2026/114 paid', true],
  ['PO-2026/114', 'INV 2026114', true],
  ['PO-2026/114', 'PO-2026/115', false],
  ['PO 12', 'AD 12', false],
  ['', 'PO-2026/114', false],
])('the references %j and %j find each other: %s', (one, other, found) => {
  const comparer = compareReference(internTexts({ expected: [one], actual: [other] }));
  const finder = { ...finderOf({ name: '', city: '' }, [{ name: '', city: '' }]), comparers: [comparer] };
  expect(comparedBy(finder).each).toEqual([found ? [0] : []]);
});

it('who is of another group is neither compared nor learnt from', () => {
  const ana = { name: 'Ana', city: 'Porto' };
  const finder = finderOf(
    ana,
    crowd(6, () => ana),
  );
  const within = { expected: Int32Array.of(2), actual: Int32Array.of(2, 1, 3, 2, 1, 2), size: 4 };
  const grouped = { ...finder, columns: { ...finder.columns, within } };

  const indexes = indexesOf(grouped);
  const [byName] = findSessions(grouped, indexes);

  expect(comparedBy(grouped, indexes).each).toEqual([[0, 3, 5]]);
  expect([...(byName?.a ?? [])]).toEqual([0, 3, 5]);
});

it('what belongs together is learnt from a few pairs of a common key, and from all of a rare one', () => {
  const others = [
    ...crowd(3_000, (at) => ({ name: 'Ana', city: `city ${at}` })),
    ...crowd(7, (at) => ({ name: `name ${at}`, city: 'Porto' })),
  ];
  const finder = finderOf({ name: 'Ana', city: 'Porto' }, others);

  const [byName, byCity] = findSessions(finder, indexesOf(finder));

  expect(byName?.a.length).toBeGreaterThan(0);
  expect(byName?.a.length).toBeLessThan(30);
  expect([...(byCity?.a ?? [])]).toEqual([3_000, 3_001, 3_002, 3_003, 3_004, 3_005, 3_006]);
});

it('what the limits of amount or days keep apart is not learnt from', () => {
  const amounts = [100, 100, 140, 160, 100];
  const finder = finderOf(
    { name: 'Ana', city: 'Porto', cents: 100 },
    amounts.map((cents) => ({ name: 'Ana', city: 'Faro', cents })),
  );
  const day = { expected: Int32Array.of(10), actual: Int32Array.of(10, 9, 12, 12, 45) };
  const limited = {
    ...finder,
    columns: { ...finder.columns, day },
    gates: { amount: 0.3, days: { from: 0, to: 30 } },
  };

  const [byName] = findSessions(limited, indexesOf(limited));

  expect([...(byName?.a ?? [])]).toEqual([0, 2]);
});

describe('of records that nothing tells apart', () => {
  const same = (count: number) => new Array<string>(count).fill('monthly plan');
  const SIZES = { expected: 3, actual: 5_000 };
  const finder = (codes: readonly string[]) => ({
    comparers: [
      compareExact(intern({ expected: same(SIZES.expected), actual: same(SIZES.actual) })),
      // Nobody on the other side has these: each finds nobody, and tells nobody apart.
      compareExact(intern({ expected: codes, actual: new Array<undefined>(SIZES.actual).fill(undefined) })),
    ],
    columns: {
      within: undefined,
      amount: { expected: new Float64Array(SIZES.expected), actual: new Float64Array(SIZES.actual) },
      day: { expected: new Int32Array(SIZES.expected), actual: new Int32Array(SIZES.actual) },
    },
    gates: { amount: undefined, days: undefined },
    sizes: SIZES,
    apart: new Map([[1, new Set([0])]]),
  });
  const candidatesOf = (codes: readonly string[]) => comparedBy(finder(codes));

  it('each is compared with whom the first is, and with nobody it is kept apart from', () => {
    const { each, capped } = candidatesOf(['A1', 'A2', 'A3']);

    expect(each[2]).toEqual(each[0]);
    expect(each[0]).toContain(0);
    expect(each[1]).not.toContain(0);
    expect(each.map(({ length }) => length)).toEqual([2_000, 1_999, 2_000]);
    expect(capped).toBe(3);
  });
});
