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

  it('chooses among those in the window that are not kept apart, from either side', () => {
    const dated = fc.array(fc.tuple(row, fc.integer({ min: 1, max: 9 })), { maxLength: 18 });
    const ways = fc.record({
      cardinality: fc.constantFrom('one-to-many' as const, 'many-to-one' as const),
      window: fc.constantFrom(undefined, { from: -1, to: 3 }, { from: 2, to: 2 }, { from: 0, to: 30 }),
      pool: fc.integer({ min: 1, max: 6 }),
    });
    const never = fc.array(fc.tuple(fc.nat(17), fc.nat(17)), { maxLength: 12 });
    fc.assert(
      fc.property(dated, ways, never, (rows, way, pairs) => {
        const records = rows.map(([{ isExpected, client, minor, currency }, day], index) => {
          const on = `2026-10-0${day}`;
          const make = isExpected ? order : invoice;
          return toMatchRecord(make('', minor, { ref: `R${index}`, on, currency, fields: { client } }));
        });
        const apart = new Map<string, Set<string>>();
        for (const [e, a] of pairs) {
          const [one, other] = [records[e]?.recordId ?? '', records[a]?.recordId ?? ''];
          apart.set(one, (apart.get(one) ?? new Set()).add(other));
        }
        const pass = { ...PASS, ...way };
        const { groups, notes } = combine(aSpec(), pass, { free: records, apart });

        const lead = pass.cardinality === 'one-to-many' ? 'expected' : 'actual';
        const chosen = records
          .filter(
            ({ side, amountMinor, fields }) => side === lead && amountMinor !== 0n && fields.client !== '',
          )
          .map((record) => {
            const pool = records.filter((one) => {
              const [e, a] = lead === 'expected' ? [record, one] : [one, record];
              const lag = Number(a.occurredOn.slice(-2)) - Number(e.occurredOn.slice(-2));
              return (
                one.side !== lead &&
                one.amountMinor !== 0n &&
                one.currency === record.currency &&
                one.fields.client === record.fields.client &&
                (pass.window === undefined || (lag >= pass.window.from && lag <= pass.window.to)) &&
                !apart.get(e.recordId)?.has(a.recordId)
              );
            });
            const isSearched = pool.length <= pass.pool;
            const amounts = pool.map(({ amountMinor }) => amountMinor ?? 0n);
            const sets = isSearched ? allSets(record.amountMinor ?? 0n, amounts, pass.maxItems) : [];
            const named = sets.map((set) => set.map((at) => pool[at]?.recordId ?? ''));
            return { record, size: pool.length, isSearched, sets: named };
          });
        const wanted = chosen.flatMap(({ sets }) => (sets.length === 1 ? (sets[0] ?? []) : []));
        const isAlone = (id: string) => wanted.indexOf(id) === wanted.lastIndexOf(id);
        const proven = chosen.filter(({ sets }) => sets.length === 1 && sets[0]?.every(isAlone));

        const said = groups.map(({ members }) => members.map(({ recordId }) => recordId).sort());
        expect(said.sort()).toEqual(
          proven.map(({ record, sets }) => [record.recordId, ...(sets[0] ?? [])].sort()).sort(),
        );
        const beyond = notes.filter(({ found }) => found.includes('to choose from'));
        expect(beyond.map(({ record, found }) => `${record.recordId} ${found.split(' ')[0]}`).sort()).toEqual(
          chosen
            .flatMap(({ record, size, isSearched }) => (isSearched ? [] : `${record.recordId} ${size}`))
            .sort(),
        );
      }),
    );
  });

  it('looks at each record a few times, however many share its client', () => {
    let looks = 0;
    const records = Array.from({ length: 2_000 }, (_, n) => {
      const make = n % 2 === 0 ? order : invoice;
      const record = toMatchRecord(make('', 1_000n + BigInt(n), { ref: `R${n}` }));
      const { occurredOn } = record;
      return Object.defineProperty({ ...record }, 'occurredOn', {
        get: () => {
          looks += 1;
          return occurredOn;
        },
      });
    });
    const { tally } = combine(aSpec(), { ...PASS, window: { from: 0, to: 30 } }, among(records));

    expect(tally).toMatchObject({ boundExceeded: 1_000 });
    expect(looks).toBeLessThan(records.length * 50);
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
