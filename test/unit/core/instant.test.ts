import { describe, expect, it } from 'vitest';
import { monthsBetween, readInstant, writeInstant } from '../../../src/core/instant.ts';

const AT = Date.parse('2026-01-31T10:20:30Z');

describe('a moment that a source writes', () => {
  it.each([
    ['2026-01-31T10:20:30Z', AT],
    ['2026-01-31T11:20:30+01:00', AT],
    ['2026-01-31T05:20:30.000-0500', AT],
    ['2026-01-31 10:20:30', AT],
    ['2026-01-31 10:20:30.000 UTC', AT],
    ['2026-01-31T10:20:30.000123+00:00', AT],
    ['1769854830', AT],
    ['1769854830000', AT],
    ['/Date(1769854830000+0000)/', AT],
    ['/Date(1769854830000)/', AT],
    ['2026-01-31', Date.parse('2026-01-31T00:00:00Z')],
  ])('as %s is read', (text, at) => {
    expect(readInstant(text)).toBe(at);
  });

  it.each(['', 'yesterday', '2026-13-01', '31.01.2026', '12', 'NaN'])('as "%s" is none', (text) => {
    expect(readInstant(text)).toBeUndefined();
  });

  it('is written as the source wants it', () => {
    const written = (['instant', 'day', 'minute', 'seconds', 'milliseconds'] as const).map((form) =>
      writeInstant(AT, form),
    );
    expect(written).toEqual([
      '2026-01-31T10:20:30Z',
      '2026-01-31',
      '2026-01-31 10:20',
      '1769854830',
      '1769854830000',
    ]);
  });

  it('lies in months that are counted over the turn of a year', () => {
    expect(monthsBetween(Date.parse('2025-11-30T23:59:59Z'), Date.parse('2026-02-01T00:00:00Z'))).toEqual([
      { year: 2025, month: 11 },
      { year: 2025, month: 12 },
      { year: 2026, month: 1 },
      { year: 2026, month: 2 },
    ]);
    expect(monthsBetween(AT, AT)).toHaveLength(1);
  });
});
