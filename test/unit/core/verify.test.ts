import { describe, expect, it } from 'vitest';
import type { VerifyRule } from '../../../src/core/spec.ts';
import { decideGroup, isCredit, sumGroup } from '../../../src/core/verify.ts';
import { aSpec, expression, invoice, order, toMatchRecord } from '../../support/ledger.ts';

const rule = (id: string, expect: string, does: Partial<VerifyRule>): VerifyRule => ({
  id,
  expect: expression(expect),
  // biome-ignore lint/suspicious/noThenProperty: the word of the spec
  then: undefined,
  else: undefined,
  reason: id.toUpperCase(),
  notify: undefined,
  ...does,
});
const PACING = rule('pacing', 'abs(diff) <= max(5.00, 2% of expected)', {
  // biome-ignore lint/suspicious/noThenProperty: the word of the spec
  then: 'auto_resolve',
  notify: 'finance',
});
const CREDITS = rule('credits', 'diff = sum(credits)', {
  // biome-ignore lint/suspicious/noThenProperty: the word of the spec
  then: 'auto_resolve',
  else: 'manual_review',
});
const OVERBILL = rule('overbill', 'actual <= expected * 1.10', { else: 'block_payout' });

const decide = (
  verify: readonly VerifyRule[],
  expectedMinor: bigint,
  actualMinor: bigint,
  more: { creditsMinor?: bigint; currency?: string | undefined } = {},
) =>
  decideGroup(aSpec({ verify }), {
    sums: { expectedMinor, actualMinor, creditsMinor: 0n, currency: 'USD', withoutAmount: 0, ...more },
    members: [],
  });

describe('a group', () => {
  it('is equal when its sums are, whatever the rules say', () => {
    expect(decide([rule('never', 'diff > 0.00', { else: 'block_payout' })], 100n, 100n)).toEqual({
      outcome: 'equal',
    });
  });

  it('of several currencies is never settled by amounts', () => {
    expect(decide([PACING], 100n, 100n, { currency: undefined })).toEqual({
      outcome: 'excepted',
      type: 'currency_differs',
      severity: 'manual_review',
      rule: undefined,
      reason: 'CURRENCY_DIFFERS',
      failed: [],
    });
  });

  it('no rule speaks of is an unexplained difference', () => {
    expect(decide([], 100n, 101n)).toEqual({
      outcome: 'excepted',
      type: 'amount_differs',
      severity: 'manual_review',
      rule: undefined,
      reason: 'UNEXPLAINED_DIFFERENCE',
      failed: [],
    });
  });

  it('says of a failed rule how many there are, and what the credits come to', () => {
    const members = [order('1', 100n), invoice('1', 40n), invoice('2', 60n)].map(toMatchRecord);
    const sums = {
      expectedMinor: 100n,
      actualMinor: 100n,
      creditsMinor: 0n,
      currency: 'USD',
      withoutAmount: 0,
    };
    const failedOf = (expect: string, more = {}) => {
      const verify = [rule('r', expect, { else: 'manual_review' })];
      const decided = decideGroup(aSpec({ verify }), { sums: { ...sums, ...more }, members });
      return decided.outcome === 'excepted' ? decided.failed : decided;
    };

    expect(failedOf('count(actual) <= count(expected)')).toEqual([
      { id: 'r', expects: 'count(actual) <= count(expected)', found: 'count(actual) 2; count(expected) 1' },
    ]);
    expect(failedOf('abs(sum(credits)) <= 1% of expected', { actualMinor: 90n, creditsMinor: -10n })).toEqual(
      [{ id: 'r', expects: 'abs(sum(credits)) <= 1% of expected', found: 'sum(credits) -$0.10' }],
    );
    expect(failedOf('actual >= expected', { actualMinor: 90n })).toEqual([]);
  });

  it('is settled by the first rule that holds, with its reason and whom to tell', () => {
    expect(decide([PACING, CREDITS], 100_00n, 98_00n, { creditsMinor: -2_00n })).toEqual({
      outcome: 'auto_resolved',
      rule: 'pacing',
      reason: 'PACING',
      notify: 'finance',
    });
  });

  it.each([
    [100_00n, 105_00n, 'auto_resolved'],
    [100_00n, 105_01n, 'excepted'],
    [100_00n, 95_00n, 'auto_resolved'],
    [100_00n, 94_99n, 'excepted'],
    [1000_00n, 1020_00n, 'auto_resolved'],
    [1000_00n, 1020_01n, 'excepted'],
  ] as const)('of %s against %s cents at the edge of the tolerance is %s', (expected, actual, outcome) => {
    expect(decide([PACING], expected, actual).outcome).toBe(outcome);
  });

  it.each([
    ['JPY', 100n, 105n, 'auto_resolved'],
    ['JPY', 100n, 106n, 'excepted'],
    ['KWD', 100_000n, 105_000n, 'auto_resolved'],
    ['KWD', 100_000n, 105_001n, 'excepted'],
  ] as const)('has its tolerance in major units of %s', (currency, expected, actual, outcome) => {
    expect(decide([PACING], expected, actual, { currency }).outcome).toBe(outcome);
  });

  it('is raised with the gravest of the rules that failed', () => {
    expect(decide([CREDITS, OVERBILL], 100_00n, 150_00n)).toMatchObject({
      outcome: 'excepted',
      severity: 'block_payout',
      rule: 'overbill',
      reason: 'OVERBILL',
    });
  });

  it('keeps the first of equally grave rules', () => {
    const again = rule('again', 'diff = 0.00', { else: 'manual_review' });

    expect(decide([CREDITS, again], 100_00n, 99_00n)).toMatchObject({ rule: 'credits' });
  });

  it('is not settled by a later rule once an earlier one raised', () => {
    expect(decide([OVERBILL, PACING], 10_00n, 15_00n)).toMatchObject({
      outcome: 'excepted',
      rule: 'overbill',
    });
    expect(decide([PACING, OVERBILL], 10_00n, 15_00n)).toMatchObject({
      outcome: 'auto_resolved',
      rule: 'pacing',
    });
  });
});

describe('the sums of a group', () => {
  const credits = { field: 'kind', equals: 'credit', period: undefined };
  const of = (kind: string) => ({ fields: { po: '1', kind } });

  it('add each side and, of the actual side, the credits', () => {
    const members = [
      order('1', 100n, of('credit')),
      invoice('1', 120n, of('charge')),
      invoice('1', -20n, of('credit')),
    ].map(toMatchRecord);

    expect(sumGroup(members, credits)).toEqual({
      expectedMinor: 100n,
      actualMinor: 100n,
      creditsMinor: -20n,
      currency: 'USD',
      withoutAmount: 0,
    });
    expect(members.map((member) => isCredit(member, credits))).toEqual([false, false, true]);
    expect(members.map((member) => isCredit(member, undefined))).toEqual([false, false, false]);
  });

  it('name no currency when there are two', () => {
    const members = [order('1', 100n), invoice('1', 100n, { currency: 'EUR' })].map(toMatchRecord);

    expect(sumGroup(members, undefined).currency).toBeUndefined();
  });

  it('stay exact beyond what a number holds', () => {
    const members = [order('1', 9_007_199_254_740_993n), invoice('1', 9_007_199_254_740_992n)].map(
      toMatchRecord,
    );

    expect(sumGroup(members, undefined)).toMatchObject({
      expectedMinor: 9_007_199_254_740_993n,
      actualMinor: 9_007_199_254_740_992n,
    });
  });
});
