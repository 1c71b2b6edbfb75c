import { expect, test } from 'vitest';
import {
  DIGEST_ROWS,
  type DigestCount,
  type DigestFacts,
  foldDigest,
  hasNews,
  settledTeam,
  TALLIES,
  type TallyName,
} from '../../../src/core/digest.ts';
import { aSpec, expression, ORGANISATION } from '../../support/ledger.ts';

const NONE = { count: 0, minor: 0n };
const EMPTY = Object.fromEntries(TALLIES.map((name) => [name, NONE])) as Record<TallyName, typeof NONE>;
const count = (changes: Partial<DigestCount>): DigestCount => ({
  ...EMPTY,
  type: 'missing_invoice',
  who: 'Ana',
  currency: 'USD',
  ...changes,
});

test('currencies are never added, and one in which there is nothing is not named', () => {
  const facts = foldDigest([
    count({ live: { count: 2, minor: 300n } }),
    count({ live: { count: 1, minor: 5n }, currency: 'EUR' }),
    count({ live: { count: 1, minor: 100n }, who: 'Ben' }),
    count({ opened: { count: 4, minor: 9n }, currency: 'JPY' }),
  ]);
  expect(facts.live).toEqual({
    count: 4,
    money: [
      { minor: 5n, currency: 'EUR' },
      { minor: 400n, currency: 'USD' },
    ],
  });
  expect(facts.opened).toEqual({ count: 4, money: [{ minor: 9n, currency: 'JPY' }] });
});

test('those with most overdue come first, and nobody is one of them', () => {
  const facts = foldDigest([
    count({ live: { count: 9, minor: 0n } }),
    count({ live: { count: 2, minor: 0n }, breached: { count: 1, minor: 0n }, who: undefined }),
    count({ resolved: { count: 3, minor: 0n }, who: 'Has nothing open' }),
  ]);
  expect(facts.rows.map(({ name, count, overdue }) => [name, count, overdue])).toEqual([
    [undefined, 2, 1],
    ['Ana', 9, 0],
  ]);
});

test('more rows than a reader takes in become one that counts them all', () => {
  const counts = Array.from({ length: 15 }, (_, index) =>
    count({ live: { count: 100 - index, minor: 1n }, breached: { count: 1, minor: 0n }, who: `P${index}` }),
  );
  const { rows } = foldDigest(counts);
  expect(rows).toHaveLength(DIGEST_ROWS);
  expect(rows.at(-1)).toEqual({
    name: undefined,
    others: 4,
    count: 89 + 88 + 87 + 86,
    money: [{ minor: 4n, currency: 'USD' }],
    overdue: 4,
  });
});

const RULE = {
  id: 'pacing',
  expect: expression('abs(diff) <= 5.00'),
  // biome-ignore lint/suspicious/noThenProperty: the word of the spec
  then: 'auto_resolve',
  else: undefined,
  reason: 'PACING',
  notify: undefined,
} as const;

test('what a rule settled concerns the team it tells, else the one the matrix names, else none', () => {
  const specs = [aSpec({ verify: [RULE, { ...RULE, id: 'credits', notify: 'finance' }] })];
  const of = (rule: string | undefined, reconciliation = 'orders-vs-invoices') =>
    settledTeam({ reconciliation, rule }, { specs, ownership: ORGANISATION.ownership });
  expect([of('credits'), of('pacing'), of(undefined), of('pacing', 'gone')]).toEqual([
    'finance',
    'media_ops',
    'media_ops',
    undefined,
  ]);
});

test.each(['live', 'opened', 'resolved', 'cleared', 'autoResolved'] as const)(
  'there is something to tell when %s counts anything',
  (name) => {
    const nothing = { count: 0, money: [] };
    const facts: DigestFacts = {
      ...foldDigest([]),
      autoResolved: nothing,
      about: { kind: 'team', name: 'Finance' },
      from: new Date(0),
      until: new Date(0),
      agedDays: 7,
      by: 'owner',
      items: [],
    };
    expect(hasNews(facts)).toBe(false);
    expect(hasNews({ ...facts, [name]: { count: 1, money: [] } })).toBe(true);
  },
);
