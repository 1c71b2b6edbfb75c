import { describe, expect, it } from 'vitest';
import { encloses, isInRange, parseAmountRange } from '../../../src/core/amount-range.ts';

describe('a range of amounts', () => {
  it.each([
    ['1000..5000 USD', 100_000n, 500_000n, 'USD'],
    ['5,000.. EUR', 500_000n, undefined, 'EUR'],
    ['..99.99 USD', undefined, 9_999n, 'USD'],
    ['0.5..0.75 USD', 50n, 75n, 'USD'],
    ['1000..2000 JPY', 1_000n, 2_000n, 'JPY'],
    [' 10..10  USD ', 1_000n, 1_000n, 'USD'],
  ])('is read from %s', (text, atLeast, atMost, currency) => {
    expect(parseAmountRange(text)).toEqual({ atLeast, atMost, currency, text: text.trim() });
  });

  it.each([
    '5000 USD',
    '5000..',
    '.. USD',
    '5000..1000 USD',
    '-5.. USD',
    '1.001.. USD',
    '1..2 usd',
    '1..2 XYZ',
    '1..2',
    '',
    '1...2 USD',
    'a..b USD',
  ])('is none in "%s"', (text) => {
    expect(parseAmountRange(text)).toBeUndefined();
  });

  it('holds its bounds, and nothing of another currency', () => {
    const range = parseAmountRange('10..20 USD');
    if (!range) throw new Error('no range');
    const isIn = (minor: bigint, currency = 'USD') => isInRange({ minor, currency }, range);
    expect([isIn(999n), isIn(1_000n), isIn(2_000n), isIn(2_001n), isIn(1_500n, 'EUR')]).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it.each([
    ['10.. USD', '10..20 USD', true],
    ['10.. USD', '20.. USD', true],
    ['..20 USD', '10..20 USD', true],
    ['10..20 USD', '10.. USD', false],
    ['10..20 USD', '9..20 USD', false],
    ['10.. USD', '10..20 EUR', false],
  ])('%s encloses %s: %s', (outer, inner, isSo) => {
    const [a, b] = [parseAmountRange(outer), parseAmountRange(inner)];
    expect(a && b && encloses(a, b)).toBe(isSo);
  });
});
