import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convert, type Rate, rateGroup, toRates } from '../../../src/core/fx.ts';
import type { MatchRecord } from '../../../src/core/match.ts';
import { sumGroup } from '../../../src/core/verify.ts';

const rule = { compareIn: 'USD', maxAgeDays: 3 };
const quote = (on: string, rate: string, from = 'EUR'): Rate => ({ from, on, rate });
const eur = (minor: bigint) => ({ minor, currency: 'EUR' });
const at = (minor: bigint, on: string, quoted: readonly Rate[]) =>
  convert(eur(minor), on, { rates: toRates(quoted), rule });

describe('an amount of another currency', () => {
  test.each([
    ['of its day', '2026-10-05', '1.0834', 10_834n],
    ['of up to three days before', '2026-10-02', '1.0834', 10_834n],
  ])('is worth what the rate says %s', (_, on, rate, minor) => {
    expect(at(10_000n, '2026-10-05', [quote(on, rate)])).toMatchObject({ money: { minor, currency: 'USD' } });
  });

  test('goes by the newest rate, never by one of a later day', () => {
    const quoted = [quote('2026-10-06', '9'), quote('2026-10-04', '1.2'), quote('2026-10-03', '1.1')];
    expect(at(100n, '2026-10-05', quoted)).toMatchObject({ money: { minor: 120n } });
  });

  test.each([
    ['no rate', [], 'RATE_MISSING'],
    ['only rates of later days', [quote('2026-10-06', '1.1')], 'RATE_MISSING'],
    ['only a rate of another currency', [quote('2026-10-05', '1.1', 'GBP')], 'RATE_MISSING'],
    ['a rate of four days before', [quote('2026-10-01', '1.1')], 'RATE_TOO_OLD'],
    ['a rate of nothing', [quote('2026-10-05', '0.000')], 'RATE_MISSING'],
    ['what is no number', [quote('2026-10-05', '1e5')], 'RATE_MISSING'],
    ['two rates of one day', [quote('2026-10-05', '1.1'), quote('2026-10-05', '1.2')], 'RATE_AMBIGUOUS'],
  ])('is not compared with %s', (_, quoted, reason) => {
    expect(at(100n, '2026-10-05', quoted)).toMatchObject({ reason });
  });

  test('one rate in two spellings is one rate', () => {
    const quoted = [quote('2026-10-05', '1.10'), quote('2026-10-05', '1.1')];
    expect(at(100n, '2026-10-05', quoted)).toMatchObject({ money: { minor: 110n } });
  });

  test.each([
    [1n, '0.5', 1n],
    [-1n, '0.5', -1n],
    [3n, '0.5', 2n],
    [1n, '0.4999999999', 0n],
    [123_456_789_012n, '1.00000000001', 123_456_789_013n],
  ])('%s cents at %s round once, half away from zero', (minor, rate, wanted) => {
    expect(at(minor, '2026-10-05', [quote('2026-10-05', rate)])).toMatchObject({ money: { minor: wanted } });
  });

  test('currencies without cents keep their own units', () => {
    const rates = toRates([quote('2026-10-05', '0.0067', 'JPY')]);
    const yen = convert({ minor: 15_000n, currency: 'JPY' }, '2026-10-05', { rates, rule });
    expect(yen).toMatchObject({ money: { minor: 10_050n, currency: 'USD' } });
  });

  test('is looked up among decades of days', () => {
    let looks = 0;
    const quoted = Array.from({ length: 20_000 }, (_, day) => {
      const on = new Date(Date.UTC(1990, 0, 1 + (day % 10_000))).toISOString().slice(0, 10);
      const counted = () => {
        looks += 1;
        return on;
      };
      return Object.defineProperty(quote(on, '1.25'), 'on', { get: counted });
    });
    const rates = toRates(quoted);
    looks = 0;

    expect(convert(eur(100n), '2001-05-05', { rates, rule })).toMatchObject({ money: { minor: 125n } });
    expect(looks).toBeLessThan(100);
  });

  test('too large to be added up is not compared', () => {
    expect(at(9n * 10n ** 17n, '2026-10-05', [quote('2026-10-05', '1')])).toMatchObject({
      reason: 'AMOUNT_TOO_LARGE',
    });
  });

  test('is at most half a cent from the exact value', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }),
        fc.integer({ min: 1, max: 3_000_000 }),
        (minor, millionths) => {
          const rate = `${Math.floor(millionths / 1_000_000)}.${String(millionths % 1_000_000).padStart(6, '0')}`;
          const made = at(minor, '2026-10-05', [quote('2026-10-05', rate)]);
          if ('reason' in made) throw new Error(made.text);
          const off = made.money.minor * 1_000_000n - minor * BigInt(millionths);
          expect((off < 0n ? -off : off) <= 500_000n).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

const record = (side: 'expected' | 'actual', amountMinor: bigint, currency: string): MatchRecord => ({
  recordId: `${side}-${amountMinor}-${currency}`,
  side,
  feed: side,
  sourceRef: 'x',
  version: 1,
  contentHash: 'x',
  amountMinor,
  currency,
  occurredOn: '2026-10-05',
  client: undefined,
  orderRef: undefined,
  fields: {},
});
const RULES = { feed: 'fx', from: 'base', into: 'quote', rate: 'rate', maxAgeDays: 3 };

describe('a group of several currencies', () => {
  const members = [record('expected', 11_000n, 'USD'), record('actual', 10_000n, 'EUR')];
  const group = { sums: sumGroup(members, undefined), members };
  const spec = { compareIn: 'USD', credits: undefined, rates: RULES };

  test('is summed in the compared one, and says how', () => {
    const rated = rateGroup(spec, toRates([quote('2026-10-05', '1.1')]), group);
    expect(rated).toMatchObject({
      sums: { expectedMinor: 11_000n, actualMinor: 11_000n, currency: 'USD' },
      unrated: undefined,
      inputs: 'EUR@2026-10-05=1.1',
      notes: [{ field: 'rate', actual: '€100.00 at 1.1 of 2026-10-05 is $110.00' }],
    });
  });

  test('is not compared where one of them has no rate, and says why', () => {
    const rated = rateGroup(spec, new Map(), group);
    expect(rated).toMatchObject({ unrated: 'RATE_MISSING', sums: { currency: undefined } });
    expect(rated?.notes[0]?.actual).toBe('€100.00: no rate from EUR to USD on 2026-10-05 or before');
  });

  test('stays as it is where the spec names no rates, or it has one currency', () => {
    expect(rateGroup({ ...spec, rates: undefined }, new Map(), group)).toBeUndefined();
    const alike = [record('expected', 1n, 'EUR'), record('actual', 1n, 'EUR')];
    const one = { sums: sumGroup(alike, undefined), members: alike };
    expect(rateGroup(spec, new Map(), one)).toBeUndefined();
  });
});
