import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allCurrencies, currencyExponent } from '../../src/core/currency.ts';
import { PLAIN_AMOUNT, parseAmount, toDecimal } from '../../src/core/money.ts';

const currency = fc.constantFrom(...allCurrencies().map(([code]) => code));
const minor = fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n });
const LEDGER = { ...PLAIN_AMOUNT, group: ',', symbols: ['$'], parentheses: true } as const;

it('an amount written and read again is the same, for every currency', () => {
  fc.assert(
    fc.property(minor, currency, (amount, code) => {
      const text = toDecimal({ minor: amount, currency: code });
      expect(parseAmount(text, code)).toEqual({ ok: true, value: amount });
    }),
  );
});

it('thousands separators, symbols and parentheses change nothing', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 16n }), (amount) => {
      const plain = toDecimal({ minor: amount, currency: 'USD' });
      const [whole = '', fraction = ''] = plain.split('.');
      const grouped = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
      expect(parseAmount(`$${grouped}`, 'USD', LEDGER)).toEqual({ ok: true, value: amount });
      expect(parseAmount(`(${grouped})`, 'USD', LEDGER)).toEqual({ ok: true, value: -amount });
    }),
  );
});

it('whatever text comes, it is an exact amount or a refusal with words, never an error', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'0123456789.,-+()$ e\u0661') }),
      currency,
      (text, code) => {
        const read = parseAmount(text, code, LEDGER);
        if (!read.ok) expect(read.refusal.detail).not.toBe('');
        else expect(toDecimal({ minor: read.value, currency: code })).toMatch(/^-?\d+(\.\d+)?$/);
      },
    ),
    { numRuns: 1_000 },
  );
});

it('micros are exact or refused', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), currency, (micros, code) => {
      const exponent = BigInt(currencyExponent(code) ?? 0);
      const read = parseAmount(micros.toString(), code, { ...PLAIN_AMOUNT, unit: 'micros' });
      const step = 10n ** (6n - exponent);
      expect(read.ok).toBe(micros % step === 0n);
      if (read.ok) expect(read.value * step).toBe(micros);
    }),
  );
});
