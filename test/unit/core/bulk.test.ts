import { describe, expect, it } from 'vitest';
import { canDo, packNumbers, pageOf, passes, readLimit, unpackNumbers } from '../../../src/core/bulk.ts';
import { addSums, type GroupItem, sumOf } from '../../../src/core/group.ts';

const item = (changes: Partial<GroupItem> = {}): GroupItem => ({
  exceptionId: 'e',
  number: 1042,
  version: 1,
  status: 'open',
  owner: undefined,
  client: 'Acme Ltd',
  orderRef: 'PO-7',
  atStake: { minor: 100_00n, currency: 'USD' },
  dueAt: new Date('2026-11-23T00:00:00Z'),
  ...changes,
});
const ana = { personId: 'ana', name: 'Ana Ruiz' };
const member = { personId: 'ana', roles: [], isTeamMember: true } as const;
const lead = { personId: 'olga', roles: ['ops_lead'], isTeamMember: false } as const;
const guest = { personId: 'gus', roles: [], isTeamMember: false } as const;

describe('what can be done to one of a group', () => {
  it.each([
    ['a member claims what is open', 'claim', item(), member, true],
    ['nobody claims what is claimed', 'claim', item({ status: 'claimed', owner: ana }), lead, false],
    ['a guest claims nothing', 'claim', item(), guest, false],
    [
      'the owner resolves what they claimed',
      'resolve',
      item({ status: 'claimed', owner: ana }),
      member,
      true,
    ],
    [
      'an ops lead resolves what somebody claimed',
      'resolve',
      item({ status: 'claimed', owner: ana }),
      lead,
      true,
    ],
    ['nobody resolves what is open', 'resolve', item(), lead, false],
    ['the owner hands over what waits', 'hand_over', item({ status: 'waiting', owner: ana }), member, true],
    [
      'nobody hands over what is resolved',
      'hand_over',
      item({ status: 'resolved', owner: ana }),
      member,
      false,
    ],
  ] as const)('%s', (_words, action, one, chooser, isPossible) => {
    expect(canDo(action, one, chooser)).toBe(isPossible);
  });
});

describe('a filter', () => {
  it('finds a part of the client or of the order, in any case', () => {
    expect(passes(item(), { text: 'ACME' })).toBe(true);
    expect(passes(item(), { text: 'po-7' })).toBe(true);
    expect(passes(item(), { text: 'bolt' })).toBe(false);
    expect(passes(item({ client: undefined, orderRef: undefined }), { text: 'a' })).toBe(false);
  });

  it('compares amounts in whole units of their currency', () => {
    const yen = item({ atStake: { minor: 100n, currency: 'JPY' } });

    expect(passes(item(), { atLeast: 100_0000n })).toBe(true);
    expect(passes(yen, { atLeast: 100_0000n })).toBe(true);
    expect(passes(item(), { atLeast: 100_0001n })).toBe(false);
  });

  it('reads an amount with a point or a comma, and nothing else', () => {
    expect(['1000', '99.5', '99,50', ' 7 '].map(readLimit)).toEqual([
      1000_0000n,
      99_5000n,
      99_5000n,
      7_0000n,
    ]);
    expect(['', '-1', '1e3', '1.23456', '1,000.00', '0x10'].map(readLimit)).toEqual(
      Array.from({ length: 6 }, () => undefined),
    );
  });
});

describe('the numbers that a form remembers', () => {
  it('come back as they were, each once and in order', () => {
    expect(unpackNumbers(packNumbers([1042, 1001, 1042, 99_999]))).toEqual([1001, 1042, 99_999]);
    expect(unpackNumbers(packNumbers([]))).toEqual([]);
  });

  it('fit into a form at the most that can be ticked', () => {
    const far = Array.from({ length: 400 }, (_, index) => 1_000 + index * 1_200);

    expect(packNumbers(far).length).toBeLessThanOrEqual(2_000);
  });

  it('are refused when they are none', () => {
    expect(['x..y', '<a>', '.', 'A', '1.'].map(unpackNumbers)).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
  });
});

describe('a page', () => {
  it('is the last one when a later one is asked for, and sums up all of them', () => {
    const items = [item(), item({ atStake: { minor: 5n, currency: 'EUR' } }), item()];

    expect(pageOf(items, 9, 2)).toMatchObject({
      page: 1,
      pages: 2,
      rows: [{}],
      all: {
        count: 3,
        money: [
          { minor: 5n, currency: 'EUR' },
          { minor: 200_00n, currency: 'USD' },
        ],
      },
    });
  });

  it('is there when there is nothing', () => {
    expect(pageOf([], 0, 10)).toEqual({ rows: [], page: 0, pages: 1, all: { count: 0, money: [] } });
  });
});

describe('a sum', () => {
  it('never adds amounts of different currencies', () => {
    const sum = sumOf([item(), item({ atStake: { minor: 7n, currency: 'EUR' } })]);

    expect(addSums([sum, sum])).toEqual({
      count: 4,
      money: [
        { minor: 14n, currency: 'EUR' },
        { minor: 200_00n, currency: 'USD' },
      ],
    });
  });
});
