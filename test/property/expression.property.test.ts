import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type GroupFacts, holdsInGroup } from '../../src/core/expression/evaluate.ts';
import { readCondition } from '../../src/core/expression/read.ts';
import { compare, type Rational, subtract } from '../../src/core/rational.ts';
import { expression, LEDGER_FIELDS } from '../support/ledger.ts';

const cents = fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }).map((n): Rational => ({ n, d: 100n }));
type Amounts = { readonly [Name in keyof GroupFacts['amounts']]: Rational };
const amounts = fc.record({ expected: cents, actual: cents, credits: cents }).map(
  ({ expected, actual, credits }): Amounts => ({
    expected,
    actual,
    diff: subtract(actual, expected),
    'sum(credits)': credits,
  }),
);

const holds = (text: string, values: Amounts): boolean =>
  holdsInGroup(expression(text), { amounts: values, currency: 'USD', members: [] });

it('a tolerance holds exactly when the difference is within the wider bound', () => {
  fc.assert(
    fc.property(amounts, (values) => {
      const size = values.diff.n < 0n ? -values.diff.n : values.diff.n;
      // Both sides times 100 × 100 × 100, so that only whole numbers are compared.
      const flat = 500n * values.diff.d * 100n;
      const share = 2n * values.expected.n * values.diff.d;
      const bound = flat > share ? flat : share;
      expect(holds('abs(diff) <= max(5.00, 2% of expected)', values)).toBe(size * 10_000n <= bound);
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
  ['diff > 0 or diff <= 0', () => true],
  ['not (diff > 0) and diff > 0', () => false],
])('%s means what arithmetic says', (text, wanted) => {
  fc.assert(
    fc.property(amounts, (values) => {
      expect(holds(text, values)).toBe(wanted(values));
    }),
  );
});

it('whatever text comes, it is a condition or a refusal with a column inside the text', () => {
  const word = fc.constantFrom(
    ...['expected', 'actual', 'diff', 'sum', 'credits', 'abs', 'max', 'of', '2', '1.5', 'count', 'distinct'],
    ...[
      'owner',
      'actual.owner',
      'expected.day',
      'qty',
      "'ana'",
      '2026-10-01',
      '3d',
      'USD',
      'null',
      'is',
      'in',
    ],
  );
  const sign = fc.constantFrom(
    ...['(', ')', ',', '%', '+', '-', '*', '<=', '=', '!=', '>', ';', '[', ']', 'and', 'or', 'not'],
  );
  const fields = { expected: LEDGER_FIELDS, actual: LEDGER_FIELDS };
  fc.assert(
    fc.property(fc.array(fc.oneof(word, sign), { maxLength: 14 }), (parts) => {
      const text = parts.join(' ');
      const read = readCondition(text, { kind: 'group', fields });
      if (read.ok) return;
      expect(read.refusal.detail).not.toBe('');
      expect(read.refusal.column).toBeLessThanOrEqual(text.length + 2);
    }),
    { numRuns: 3_000 },
  );
});

it('refuses any text of letters, signs and odd characters without breaking', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(typeof readCondition(text, { kind: 'record', side: 'actual', fields: LEDGER_FIELDS }).ok).toBe(
        'boolean',
      );
    }),
  );
});
