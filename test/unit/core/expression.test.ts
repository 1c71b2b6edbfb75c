import { describe, expect, it } from 'vitest';
import { failingIn, holdsForRecord, holdsInGroup } from '../../../src/core/expression/evaluate.ts';
import { readCondition } from '../../../src/core/expression/read.ts';
import type { KnownField, Scope } from '../../../src/core/expression/scope.ts';
import { amountsOf, fieldsOf, isAboutAmounts } from '../../../src/core/expression/term.ts';
import { fromDecimal, subtract } from '../../../src/core/rational.ts';
import { expression, invoice, LEDGER_FIELDS, order, toMatchRecord } from '../../support/ledger.ts';

const choice: KnownField = { type: 'text', isAmount: false, choices: ['done', 'open'] };
const GROUP: Scope = {
  kind: 'group',
  fields: { expected: new Map([...LEDGER_FIELDS, ['status', choice]]), actual: LEDGER_FIELDS },
};
const RECORD: Scope = {
  kind: 'record',
  side: 'expected',
  fields: new Map([...LEDGER_FIELDS, ['status', choice]]),
};

function check(text: string, expected: string, actual: string, credits = '0'): boolean {
  const [e, a] = [fromDecimal(expected), fromDecimal(actual)];
  return holdsInGroup(expression(text), {
    amounts: { expected: e, actual: a, diff: subtract(a, e), 'sum(credits)': fromDecimal(credits) },
    currency: 'USD',
    members: [],
  });
}

describe('a condition about amounts', () => {
  it.each([
    ['abs(diff) <= max(5.00, 2% of expected)', '100.00', '105.00', true],
    ['abs(diff) <= max(5.00, 2% of expected)', '100.00', '94.99', false],
    ['abs(diff) <= max(5.00, 2% of expected)', '1000.00', '1020.00', true],
    ['abs(diff) <= max(5.00, 2% of expected)', '1000.00', '1020.01', false],
    ['abs(diff) <= 0.125% of expected', '1000.00', '1001.25', true],
    ['abs(diff) <= 0.125% of expected', '1000.00', '1001.26', false],
    ['actual <= expected * 1.10', '0.30', '0.33', true],
    ['actual <= expected * 1.10', '0.30', '0.34', false],
    ['diff < -(1 + 2)', '10.00', '6.00', true],
    ['actual - expected = diff', '1.00', '9.00', true],
    ['min(expected, actual) >= 2', '3.00', '2.00', true],
    ['expected = 1 or actual = 1', '3.00', '1.00', true],
    ['not (expected = 1 or actual = 1)', '3.00', '1.00', false],
    ['expected = 3 and (actual = 2 or actual = 1)', '3.00', '1.00', true],
    ['(expected + 1) > actual', '3.00', '1.00', true],
    ['abs(diff) <= 5.00 USD', '10.00', '14.00', true],
    ['abs(diff) <= 5.00 EUR', '10.00', '14.00', false],
    ['diff != 4', '10.00', '14.00', false],
  ])('%s for %s and %s is %s', (text, expected, actual, outcome) => {
    expect(check(text, expected, actual)).toBe(outcome);
  });

  it('sees the credits of the group', () => {
    expect(check('diff = sum(credits)', '10.00', '12.00', '2.00')).toBe(true);
    expect(amountsOf(expression('diff = sum(credits)'))).toEqual(['diff', 'sum(credits)']);
  });

  it('is told from one that speaks of fields too', () => {
    expect(isAboutAmounts(expression('abs(diff) <= 2% of expected'))).toBe(true);
    expect(isAboutAmounts(expression("diff = 0 or actual.kind = 'x'"))).toBe(false);
    expect(isAboutAmounts(expression('count(actual) = 1'))).toBe(false);
  });
});

const lead = (fields: Record<string, string>) =>
  toMatchRecord(order('1', 100_00n, { ref: JSON.stringify(fields), fields }));
const deal = (fields: Record<string, string>) =>
  toMatchRecord(invoice('1', 100_00n, { ref: JSON.stringify(fields), fields }));
const NO_AMOUNTS = { expected: undefined, actual: undefined, diff: undefined, 'sum(credits)': undefined };

describe('a condition about fields', () => {
  const members = [
    lead({ owner: 'ana', qty: '2', day: '2026-10-05', fee: '10.50' }),
    lead({ owner: 'ana', qty: '1.5', day: '2026-10-07' }),
    deal({ owner: 'ben', qty: '3', day: '2026-10-07', kind: '' }),
  ];

  it.each([
    ["expected.owner = 'ana'", true],
    ["actual.owner = 'ana'", false],
    ['count(distinct owner) = 2', true],
    ['count(distinct expected.owner) = 1', true],
    ['count(expected) = 2 and count(actual) = 1', true],
    ['sum(expected.qty) = sum(actual.qty)', false],
    ['sum(expected.qty) = sum(actual.qty) + 0.5', true],
    ['sum(expected.fee) = 10.50', true],
    ['sum(actual.fee) = 0', false],
    ['actual.day >= expected.day', true],
    ['actual.day > expected.day', false],
    ['min(expected.day) = 2026-10-05 and max(day) = 2026-10-07', true],
    ['actual.day <= expected.day + 2d', true],
    ['actual.day - expected.day <= 1d', false],
    ['actual.kind is null', true],
    ['actual.kind is not null', false],
    ["actual.kind = ''", false],
    ["actual.kind != 'charge'", true],
    ['actual.kind not in [null, charge]', false],
    ["actual.owner in [ana, 'ben']", true],
    ['expected.qty in [2, 1.5]', true],
    ['actual.amount = 100.00', true],
    ['actual.amount > 99 EUR', false],
    ['actual.amount * actual.qty = 300', true],
  ])('%s: %s', (text, outcome) => {
    expect(holdsInGroup(expression(text), { amounts: NO_AMOUNTS, currency: 'USD', members })).toBe(outcome);
  });

  it('holds when it holds for each record it speaks of, and names those it fails for', () => {
    const facts = { amounts: NO_AMOUNTS, currency: undefined, members };

    expect(failingIn(expression('expected.qty >= 2'), facts)).toEqual([members[1]]);
    expect(failingIn(expression('actual.day > expected.day'), facts)).toEqual([members[1], members[2]]);
    expect(failingIn(expression('count(actual) = 2'), facts)).toEqual([]);
  });

  it('takes a text that is no number and a day that does not exist as missing', () => {
    const odd = [lead({ qty: '1e9', day: '2026-02-30' }), deal({ qty: 'NaN', day: '0000-01-01' })];
    const holds = (text: string) =>
      holdsInGroup(expression(text), { amounts: NO_AMOUNTS, currency: 'USD', members: odd });

    expect(holds('expected.qty is null and actual.qty is null')).toBe(true);
    expect(holds('expected.day is null and actual.day is null')).toBe(true);
    expect(holds('sum(expected.qty) is null and max(day) is null')).toBe(true);
  });

  it('says which fields it reads, each once', () => {
    const condition = expression("expected.owner = 'x' or (actual.qty > 1 and expected.owner is null)");

    expect(fieldsOf(condition).map(({ side, name }) => `${side}.${name}`)).toEqual([
      'expected.owner',
      'actual.qty',
    ]);
  });
});

describe('a condition about one record', () => {
  const of = (text: string): boolean => {
    const read = readCondition(text, RECORD);
    if (!read.ok) throw new Error(read.refusal.detail);
    return holdsForRecord(read.value, lead({ kind: 'test', status: 'done', qty: '2' }));
  };

  it.each([
    ["kind != 'test'", false],
    ["status = 'done' and qty >= 1", true],
    ['owner is null', true],
    ['amount = 100.00 USD', true],
    ['amount = 100.00 EUR', false],
  ])('%s: %s', (text, outcome) => {
    expect(of(text)).toBe(outcome);
  });
});

describe('what is refused', () => {
  it.each([
    ['abs(diff) <= 2%', /2% of what\? write "2% of expected"/, 14],
    ['abs(diff) <= 2 of expected', /the end should follow/, 16],
    ['expected * actual > 1', /two amounts cannot be multiplied/, 12],
    ['1 < 2', /nothing here speaks of/, 1],
    ['ownr = 1', /"ownr" is no field here; did you mean "owner"\?/, 1],
    ['expected.ownr = 1', /"expected.ownr" is no field here; did you mean "expected.owner"\?/, 1],
    ['left.owner = 1', /"left." is no side here; use expected or actual/, 1],
    ["owner = 'ana'", /both sides have it: write expected.owner or actual.owner/, 1],
    ['sum(qty) = 1', /both sides have it/, 5],
    ['expected > ', /ends too early/, 1],
    ['expected', /one of <= >= != < > =, in, is should follow/, 9],
    ['max(expected) > 1', /max takes at least two values/, 1],
    ['max(actual.owner) = 1', /max of a group is of amounts, numbers or days/, 5],
    ['abs(expected, 1) > 1', /abs takes one value/, 1],
    ['(expected > 1', /"\)" is missing/, 14],
    ['sum(expected) > 1', /"expected" is no field here/, 5],
    ['sum(actual.owner) > 1', /only amounts and numbers can be summed/, 5],
    ['count(owner) = 1', /write count\(expected\), count\(actual\) or count\(distinct <field>\)/, 7],
    ['expected ; 1', /cannot read "; 1"/, 10],
    ['expected.day >= 5', /a day and a number are never comparable/, 17],
    ['actual.day - expected.day <= 30', /days and a number are never comparable/, 30],
    ['expected.day + 30 > actual.day', /a day and a number cannot be added/, 16],
    ['expected.day + actual.day > 1d', /a day and a day cannot be added/, 16],
    ['expected.day = 2026-02-30', /there is no day 2026-02-30/, 16],
    ["actual.owner > 'ana'", /texts are equal or not; they have no order/, 16],
    ["expected.qty = 'two'", /a number and a text are never comparable/, 16],
    ['expected.qty in [two]', /a number is never a text/, 18],
    ["expected.status = 'dnoe'", /"dnoe" is no value of status; did you mean "done"\?/, 19],
    ['expected.status in [null, opne]', /"opne" is no value of status; did you mean "open"\?/, 27],
    ['abs(diff) <= 5.00 USX', /"USX" is not an ISO 4217 currency code/, 19],
    ['expected.owner not = 1', /in should follow, not "="/, 20],
    ['expected.owner is nul', /"null" is missing/, 19],
    ["expected.owner = 'ana", /cannot read "'ana"/, 18],
    ['1..2 = expected', /cannot read/, 1],
    ['', /ends too early/, 1],
  ])('%j', (text, detail, column) => {
    expect(readCondition(text, GROUP)).toMatchObject({
      ok: false,
      refusal: { detail: expect.stringMatching(detail), column },
    });
  });

  it.each([
    ['expected > 1', /"expected" is no field here/],
    ['sum(qty) > 1', /one record is looked at here/],
    ['count(actual) > 1', /one record is looked at here/],
    ["actual.kind = 'x'", /"actual." is no side here; use expected/],
  ])('%j, where one record is looked at', (text, detail) => {
    expect(readCondition(text, RECORD)).toMatchObject({
      ok: false,
      refusal: { detail: expect.stringMatching(detail) },
    });
  });
});
