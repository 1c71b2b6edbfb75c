import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combine, isDoubtful } from '../../src/core/combine-pass.ts';
import type { MatchRecord } from '../../src/core/match.ts';
import { setsOf, setsThatAddUp } from '../../src/core/score/combine.ts';
import type { CombinePass } from '../../src/core/spec.ts';
import { aSpec, invoice, type LedgerRow, order, toMatchRecord } from '../support/ledger.ts';

const small = fc.bigInt({ min: -30n, max: 30n });
const huge = fc.bigInt({ min: 9_999_999_999_999_900n, max: 10_000_000_000_000_000n });
const values = fc.array(fc.oneof(small, huge), { maxLength: 9 });

/** Every set of at most so many, looked through one by one. */
function allSets(target: bigint, of: readonly bigint[], maxItems: number): number[][] {
  const found: number[][] = [];
  for (let mask = 1; mask < 2 ** of.length; mask += 1) {
    const set = of.flatMap((_, at) => ((mask >> at) & 1 ? [at] : []));
    const sum = set.reduce((total, at) => total + (of[at] ?? 0n), 0n);
    if (set.length <= maxItems && sum === target) found.push(set);
  }
  return found;
}

describe('sets that add up', () => {
  it('are found exactly when there are any, and a second one when there is one', () => {
    fc.assert(
      fc.property(
        values,
        fc.oneof(
          small,
          huge,
          huge.map((n) => n * 2n),
        ),
        fc.integer({ min: 1, max: 5 }),
        (of, target, max) => {
          const all = allSets(target, of, max).map((set) => set.join());
          const found = setsThatAddUp(target, of, max).map((set) => set.join());

          expect(found.length).toBe(Math.min(all.length, 2));
          expect(all).toEqual(expect.arrayContaining(found));
        },
      ),
    );
  });

  it.each([
    [16, 4, 2_516],
    [24, 4, 12_950],
    [3, 6, 7],
    [0, 4, 0],
  ])('of a pool of %i, at most %i at once, are %i', (pool, items, count) => {
    expect(setsOf(pool, items)).toBe(count);
  });
});

/** Nobody is kept apart. */
const among = (free: readonly MatchRecord[]) => ({ free, apart: new Map() });

const PASS: CombinePass = {
  kind: 'combine',
  name: 'sets',
  within: { expected: ['client'], actual: ['client'] },
  cardinality: 'one-to-many',
  maxItems: 3,
  pool: 6,
  window: undefined,
};
const row = fc.record({
  isExpected: fc.boolean(),
  client: fc.constantFrom('a', 'b', ''),
  minor: fc.constantFrom(0n, 100n, 200n, 250n, 300n, 450n, -50n),
  currency: fc.constantFrom('USD', 'USD', 'EUR'),
});
const ledger = fc.array(row, { maxLength: 18 }).map((rows) =>
  rows.map(({ isExpected, client, minor, currency }, index): LedgerRow => {
    const make = isExpected ? order : invoice;
    return make('', minor, { ref: `R${index}`, currency, fields: { client } });
  }),
);

describe('a combining pass', () => {
  it('takes only sets that add up to the cent, of one client and currency, and no record twice', () => {
    fc.assert(
      fc.property(ledger, (rows) => {
        const { groups } = combine(aSpec(), PASS, among(rows.map(toMatchRecord)));
        const members = groups.flatMap((group) => group.members);

        expect(new Set(members.map(({ recordId }) => recordId)).size).toBe(members.length);
        for (const {
          members: [lead, ...items],
        } of groups) {
          expect(items.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0n), 0n)).toBe(
            lead?.amountMinor,
          );
          expect(new Set(items.map(({ fields, currency }) => `${fields.client} ${currency}`))).toEqual(
            new Set([`${lead?.fields.client} ${lead?.currency}`]),
          );
        }
      }),
    );
  });

  it('takes a set only where no other would do', () => {
    fc.assert(
      fc.property(ledger, (rows) => {
        const records = rows.map(toMatchRecord);
        const { groups } = combine(aSpec(), PASS, among(records));
        for (const {
          members: [lead],
        } of groups) {
          const pool = records.filter(
            (one) =>
              one.side === 'actual' &&
              one.amountMinor !== 0n &&
              one.currency === lead?.currency &&
              one.fields.client === lead?.fields.client,
          );
          const sets = allSets(
            lead?.amountMinor ?? 0n,
            pool.map(({ amountMinor }) => amountMinor ?? 0n),
            PASS.maxItems,
          );
          expect(pool.length).toBeLessThanOrEqual(PASS.pool);
          expect(sets).toHaveLength(1);
        }
      }),
    );
  });

  it('answers alike in whatever order records come', () => {
    const shuffled = ledger.chain((rows) =>
      fc.tuple(
        fc.constant(rows),
        fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
      ),
    );
    const said = (rows: readonly LedgerRow[]) => {
      const { groups, notes, tally } = combine(aSpec(), PASS, among(rows.map(toMatchRecord)));
      const sets = groups.map(({ key, members }) =>
        [key, ...members.map(({ sourceRef }) => sourceRef)].join(),
      );
      return {
        sets: sets.sort(),
        notes: notes.map(({ record, found }) => `${record.sourceRef} ${found}`).sort(),
        tally,
      };
    };
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(said(other)).toEqual({
          ...said(one),
          tally: { ...said(one).tally, byChance: expect.closeTo(said(one).tally.byChance, 9) },
        });
      }),
    );
  });

  it('says of a record with too many to choose from that it did not look', () => {
    const many = Array.from({ length: 7 }, (_, n) => invoice('', 1_000n + BigInt(n), { ref: `I${n}` }));
    const { notes, tally } = combine(aSpec(), PASS, among([order('', 2_001n), ...many].map(toMatchRecord)));

    expect(tally).toMatchObject({ combined: 0, boundExceeded: 1 });
    expect(notes.map(({ found }) => found)).toEqual(['7 to choose from; more than 6 are not searched']);
  });

  it('says how many records add up with what belongs to another client, where amounts repeat', () => {
    const clients = ['A', 'B', 'C', 'D'];
    const tallyOf = (amountOf: (at: number) => bigint) => {
      const rows = clients.flatMap((client, at) => [
        order('', amountOf(at), { ref: `O${at}`, fields: { client } }),
        invoice('', amountOf(at), { ref: `I${at}`, fields: { client } }),
      ]);
      return combine(aSpec(), PASS, among(rows.map(toMatchRecord))).tally;
    };

    const repeated = tallyOf(() => 8_000n);
    const apart = tallyOf((at) => 8_000n + 137n * BigInt(at));

    expect(repeated).toMatchObject({ combined: 4, byChance: 4 });
    expect(apart).toMatchObject({ combined: 4, byChance: 0 });
    expect([repeated, apart].map(isDoubtful)).toEqual([true, false]);
  });
});
