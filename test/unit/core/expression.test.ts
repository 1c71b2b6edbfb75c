import { describe, expect, it } from 'vitest';
import { holds, mentionsCredits, parseExpression } from '../../../src/core/expression.ts';
import { fromDecimal, subtract } from '../../../src/core/rational.ts';

function check(text: string, expected: string, actual: string, credits = '0'): boolean {
  const read = parseExpression(text);
  if (!read.ok) throw new Error(read.refusal.detail);
  const [e, a] = [fromDecimal(expected), fromDecimal(actual)];
  return holds(read.value, {
    expected: e,
    actual: a,
    diff: subtract(a, e),
    'sum(credits)': fromDecimal(credits),
  });
}

describe('a condition', () => {
  it.each([
    ['abs(diff) <= max(5.00, 2% of expected)', '100.00', '105.00', true],
    ['abs(diff) <= max(5.00, 2% of expected)', '100.00', '94.99', false],
    ['abs(diff) <= max(5.00, 2% of expected)', '1000.00', '1020.00', true],
    ['abs(diff) <= max(5.00, 2% of expected)', '1000.00', '1020.01', false],
    ['actual <= expected * 1.10', '0.30', '0.33', true],
    ['actual <= expected * 1.10', '0.30', '0.34', false],
    ['diff < -(1 + 2)', '10.00', '6.00', true],
    ['actual - expected = diff', '1.00', '9.00', true],
    ['min(expected, actual) >= 2', '3.00', '2.00', true],
  ])('%s for %s and %s is %s', (text, expected, actual, outcome) => {
    expect(check(text, expected, actual)).toBe(outcome);
  });

  it('sees the credits of the group', () => {
    expect(check('diff = sum(credits)', '10.00', '12.00', '2.00')).toBe(true);
    expect(mentionsCredits(unwrap('diff = sum(credits)'))).toBe(true);
    expect(mentionsCredits(unwrap('diff = 0'))).toBe(false);
  });

  it.each([
    ['abs(diff) <= 2%', /2% of what\? write "2% of expected"/, 14],
    ['abs(diff) <= 2 of expected', /the end should follow/, 16],
    ['expected * actual > 1', /two amounts cannot be multiplied/, 12],
    ['1 < 2', /nothing here speaks of/, 1],
    ['spend > 1', /"spend" is not known here/, 1],
    ['expected > ', /ends too early/, 1],
    ['expected', /one of <= >= < > = should follow/, 9],
    ['max(expected) > 1', /max takes at least two values/, 1],
    ['abs(expected, 1) > 1', /abs takes one value/, 1],
    ['(expected > 1', /"\)" is missing/, 11],
    ['sum(expected) > 1', /only sum\(credits\) can be summed/, 1],
    ['expected ; 1', /cannot read "; 1"/, 9],
  ])('refuses %j', (text, detail, column) => {
    expect(parseExpression(text)).toMatchObject({
      ok: false,
      refusal: { detail: expect.stringMatching(detail), column },
    });
  });
});

function unwrap(text: string) {
  const read = parseExpression(text);
  if (!read.ok) throw new Error(read.refusal.detail);
  return read.value;
}
