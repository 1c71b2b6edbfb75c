import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Amounts, holds, parseExpression } from '../../src/core/expression.ts';
import { compare, type Rational, subtract } from '../../src/core/rational.ts';

const cents = fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }).map((n): Rational => ({ n, d: 100n }));
const amounts = fc.record({ expected: cents, actual: cents, credits: cents }).map(
  ({ expected, actual, credits }): Amounts => ({
    expected,
    actual,
    diff: subtract(actual, expected),
    'sum(credits)': credits,
  }),
);

function condition(text: string) {
  const read = parseExpression(text);
  if (!read.ok) throw new Error(read.refusal.detail);
  return read.value;
}

it('a tolerance holds exactly when the difference is within the wider bound', () => {
  const tolerance = condition('abs(diff) <= max(5.00, 2% of expected)');
  fc.assert(
    fc.property(amounts, (values) => {
      const size = values.diff.n < 0n ? -values.diff.n : values.diff.n;
      // Both sides times 100 × 100 × 100, so that only whole numbers are compared.
      const flat = 500n * values.diff.d * 100n;
      const share = 2n * values.expected.n * values.diff.d;
      const bound = flat > share ? flat : share;
      expect(holds(tolerance, values)).toBe(size * 10_000n <= bound);
    }),
  );
});

it.each([
  ['actual <= expected', (a: Amounts) => compare(a.actual, a.expected) <= 0],
  ['diff > 0', (a: Amounts) => a.diff.n > 0n],
  ['expected + diff = actual', () => true],
  ['actual - (expected + diff) < 0', () => false],
  ['max(expected, actual) >= min(expected, actual)', () => true],
  ['-expected * 2 <= 0 - expected - expected', () => true],
])('%s means what arithmetic says', (text, wanted) => {
  const read = condition(text);
  fc.assert(
    fc.property(amounts, (values) => {
      expect(holds(read, values)).toBe(wanted(values));
    }),
  );
});

it('whatever text comes, it is a condition or a refusal with a column inside the text', () => {
  const word = fc.constantFrom(
    'expected',
    'actual',
    'diff',
    'sum',
    'credits',
    'abs',
    'max',
    'of',
    '2',
    '1.5',
  );
  const sign = fc.constantFrom('(', ')', ',', '%', '+', '-', '*', '<=', '=', '>', ';');
  fc.assert(
    fc.property(fc.array(fc.oneof(word, sign), { maxLength: 12 }), (parts) => {
      const text = parts.join(' ');
      const read = parseExpression(text);
      if (read.ok) return;
      expect(read.refusal.detail).not.toBe('');
      expect(read.refusal.column).toBeLessThanOrEqual(text.length + 2);
    }),
    { numRuns: 2_000 },
  );
});
