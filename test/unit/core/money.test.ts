import { describe, expect, it } from 'vitest';
import { formatMoney, PLAIN_AMOUNT, parseAmount, toDecimal } from '../../../src/core/money.ts';

const GERMAN = { ...PLAIN_AMOUNT, decimal: ',', group: '.' } as const;
const LEDGER = { ...PLAIN_AMOUNT, group: ',', symbols: ['$', 'US$'], parentheses: true } as const;

describe('parseAmount', () => {
  it.each([
    ['10.00', 'USD', PLAIN_AMOUNT, 1000n],
    ['-0.01', 'USD', PLAIN_AMOUNT, -1n],
    ['10', 'JPY', PLAIN_AMOUNT, 10n],
    ['1.234', 'KWD', PLAIN_AMOUNT, 1234n],
    ['10.500', 'USD', PLAIN_AMOUNT, 1050n],
    ['1.234,50', 'EUR', GERMAN, 123450n],
    ['$1,234.50', 'USD', LEDGER, 123450n],
    ['(76.50)', 'USD', LEDGER, -7650n],
    ['-$5', 'USD', LEDGER, -500n],
    ['1234', 'USD', { ...PLAIN_AMOUNT, unit: 'minor' } as const, 1234n],
    ['1230000', 'USD', { ...PLAIN_AMOUNT, unit: 'micros' } as const, 123n],
    ['100000000000000.00', 'USD', PLAIN_AMOUNT, 10n ** 16n],
  ])('reads %j %s', (text, currency, format, minor) => {
    expect(parseAmount(text, currency, format)).toEqual({ ok: true, value: minor });
  });

  it.each([
    ['', 'USD', PLAIN_AMOUNT, 'amount_empty'],
    ['1,234.50', 'USD', PLAIN_AMOUNT, 'amount_malformed'],
    ['(1.00)', 'USD', PLAIN_AMOUNT, 'amount_malformed'],
    ['12,34.50', 'USD', LEDGER, 'amount_malformed'],
    ['1234,567.00', 'USD', LEDGER, 'amount_malformed'],
    ['(-1.00)', 'USD', LEDGER, 'amount_malformed'],
    ['5.', 'USD', PLAIN_AMOUNT, 'amount_malformed'],
    ['+5', 'USD', PLAIN_AMOUNT, 'amount_malformed'],
    ['NaN', 'USD', PLAIN_AMOUNT, 'amount_malformed'],
    ['１２', 'USD', PLAIN_AMOUNT, 'amount_malformed'],
    ['1e3', 'USD', PLAIN_AMOUNT, 'amount_malformed'],
    ['1.005', 'USD', PLAIN_AMOUNT, 'amount_too_precise'],
    ['1.5', 'JPY', PLAIN_AMOUNT, 'amount_too_precise'],
    ['1', 'USD', { ...PLAIN_AMOUNT, unit: 'micros' } as const, 'amount_too_precise'],
    ['100000000000000.01', 'USD', PLAIN_AMOUNT, 'amount_out_of_range'],
  ])('refuses %j %s', (text, currency, format, code) => {
    expect(parseAmount(text, currency, format)).toMatchObject({ ok: false, refusal: { code } });
  });
});

it('half a cent is told as such where the source counts in cents', () => {
  expect(parseAmount('1.5', 'USD', { ...PLAIN_AMOUNT, unit: 'minor' })).toMatchObject({
    refusal: { detail: '"1.5" is no whole number of the smallest unit of USD (unit: minor)' },
  });
});

it.each([
  [123450n, 'USD', '1234.50', '$1,234.50'],
  [-5n, 'USD', '-0.05', '-$0.05'],
  [7n, 'JPY', '7', '¥7'],
  [1n, 'KWD', '0.001', 'KWD\u00a00.001'],
  [123456789012345678n, 'USD', '1234567890123456.78', '$1,234,567,890,123,456.78'],
])('writes %s %s exactly', (minor, currency, decimal, shown) => {
  expect(toDecimal({ minor, currency })).toBe(decimal);
  expect(formatMoney({ minor, currency })).toBe(shown);
});
