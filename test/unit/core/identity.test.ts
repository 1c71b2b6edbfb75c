import { describe, expect, it } from 'vitest';
import { identify, survivorsOf } from '../../../src/core/identity.ts';
import type { IdentityRule } from '../../../src/core/spec.ts';
import { order, toMatchRecord } from '../../support/ledger.ts';

describe('who a merged contact is now', () => {
  it.each([
    ['the last of its chain', ['a>b', 'b>c'], 'a>c b>c'],
    ['the first by name of a circle', ['b>c', 'c>a', 'a>b', 'z>b'], 'a>a b>a c>a z>a'],
    ['the first by name when it was merged twice', ['a>c', 'a>b'], 'a>b'],
    ['itself when it was merged into itself', ['a>a'], ''],
    [
      'where its chain runs into a circle, the first by name of that',
      ['y>z', 'z>c', 'c>b', 'b>c'],
      'b>b c>b y>b z>b',
    ],
  ])('is %s', (_what, merges, wanted) => {
    const given = merges.map((text) => {
      const [from = '', into = ''] = text.split('>');
      return { from, into };
    });

    for (const inOrder of [given, given.toReversed()]) {
      const found = [...survivorsOf(inOrder)].map(([from, into]) => `${from}>${into}`).sort();
      expect(found.join(' ')).toBe(wanted);
    }
  });
});

const RULE: IdentityRule = {
  side: 'expected',
  feed: 'merges',
  from: 'from',
  into: 'into',
  id: 'contact',
  otherId: undefined,
  aliases: [
    { own: 'email', other: 'mail' },
    { own: 'click', other: 'click' },
  ],
};
const lead = (ref: string, fields: Record<string, string>) => toMatchRecord(order('', 0n, { ref, fields }));

describe('records of merged contacts', () => {
  it('leave to the one that stays, which is found by every value they had', () => {
    const records = [
      lead('L1', { contact: 'c1', email: 'ann@x.example' }),
      lead('L2', { contact: 'c2', email: 'a.lee@x.example', click: 'k7' }),
      lead('L3', { contact: 'c3', email: 'info@x.example' }),
    ];

    const found = identify(RULE, [{ from: 'c2', into: 'c1' }], records);

    expect(found.gone.map(({ key, members }) => [key, members.map(({ sourceRef }) => sourceRef)])).toEqual([
      ['c1', ['L2']],
    ]);
    expect(found.aliases.map(({ record, fields }) => [record.sourceRef, fields])).toEqual([
      ['L1', { click: 'k7' }],
    ]);
    expect(found.renames).toEqual([{ field: 'mail', from: 'a.lee@x.example', to: 'ann@x.example' }]);
  });

  it('leave a value alone that somebody else has too', () => {
    const records = [
      lead('L1', { contact: 'c1', email: 'ann@x.example' }),
      lead('L2', { contact: 'c2', email: 'info@x.example' }),
      lead('L3', { contact: 'c3', email: 'info@x.example' }),
    ];

    expect(identify(RULE, [{ from: 'c2', into: 'c1' }], records).renames).toEqual([]);
  });

  it('stay when the one they were merged into is not there, under its name', () => {
    const found = identify(
      RULE,
      [{ from: 'c2', into: 'c1' }],
      [lead('L2', { contact: 'c2', email: 'ann@x.example' })],
    );

    expect(found.gone).toEqual([]);
    expect(found.aliases.map(({ fields }) => fields)).toEqual([{ contact: 'c1' }]);
  });

  it('that were never merged are two leads of one contact, and both stay', () => {
    const records = [lead('L1', { contact: 'c1' }), lead('L2', { contact: 'c1' })];

    expect(identify(RULE, [{ from: 'c9', into: 'c8' }], records).gone).toEqual([]);
  });

  it('are looked at a few times, however many were merged', () => {
    let looks = 0;
    const records = Array.from({ length: 2_000 }, (_, at) => {
      const { fields, ...record } = lead(`L${at}`, { contact: `c${at}`, email: `${at}@x.example` });
      const counted = () => {
        looks += 1;
        return fields;
      };
      return Object.defineProperty({ ...record, fields }, 'fields', { get: counted });
    });
    const merges = Array.from({ length: 1_000 }, (_, at) => ({ from: `c${at}`, into: `c${at + 1_000}` }));

    expect(identify(RULE, merges, records).gone).toHaveLength(1_000);
    expect(looks).toBeLessThan(records.length * 50);
  });
});
