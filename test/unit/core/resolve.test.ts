import { describe, expect, it } from 'vitest';
import type { ResolutionCode } from '../../../src/core/organisation.ts';
import { codesFor, readResolution } from '../../../src/core/resolve.ts';

const CODES: readonly ResolutionCode[] = [
  { code: 'accepted', label: 'Accepted', types: [], note: 'optional', amount: 'optional' },
  { code: 'written_off', label: 'Written off', types: [], note: 'required', amount: 'required' },
  { code: 'void', label: 'Voided', types: ['duplicate_invoice'], note: 'optional', amount: 'optional' },
];

const read = (given: Partial<Parameters<typeof readResolution>[0]>, currency = 'USD') =>
  readResolution(
    { code: 'accepted', note: '', amount: undefined, ...given },
    { type: 'missing_invoice', currency, codes: CODES },
  );

describe('the codes of a type', () => {
  it('are those for every type and those for this one', () => {
    expect(codesFor(CODES, 'duplicate_invoice').map(({ code }) => code)).toEqual([
      'accepted',
      'written_off',
      'void',
    ]);
    expect(codesFor(CODES, 'missing_invoice').map(({ code }) => code)).toEqual(['accepted', 'written_off']);
  });
});

describe('a resolution', () => {
  it.each([
    ['12.34', 'USD', 1_234n],
    ['1,234.50', 'USD', 123_450n],
    ['$5', 'USD', 500n],
    ['-5', 'USD', -500n],
    ['(5.00)', 'USD', -500n],
    ['1234', 'JPY', 1_234n],
    ['1.234', 'KWD', 1_234n],
    ['5.000', 'USD', 500n],
    ['0', 'USD', 0n],
  ])('reads the amount %s in %s', (amount, currency, minor) => {
    expect(read({ amount }, currency)).toEqual({
      ok: true,
      value: { code: 'accepted', note: undefined, minor },
    });
  });

  it.each(['', '  ', undefined])('has no amount when %j was typed', (amount) => {
    expect(read({ amount })).toMatchObject({ ok: true, value: { minor: undefined } });
  });

  it.each(['five', '1.2.3', '1e3', '0.5%', '1,23'])(
    'refuses the amount %s, saying what it read',
    (amount) => {
      expect(read({ amount })).toMatchObject({
        ok: false,
        refusal: { code: 'amount_unreadable', detail: expect.stringContaining(amount) },
      });
    },
  );

  it('refuses a fraction of the smallest unit', () => {
    expect(read({ amount: '1.5' }, 'JPY')).toMatchObject({
      ok: false,
      refusal: { code: 'amount_unreadable' },
    });
  });

  it('refuses a code of another type, naming those it may have', () => {
    expect(read({ code: 'void' })).toEqual({
      ok: false,
      refusal: { code: 'unknown_code', given: 'void', known: ['accepted', 'written_off'] },
    });
  });

  it('asks for the note before the amount', () => {
    expect(read({ code: 'written_off' })).toEqual({
      ok: false,
      refusal: { code: 'note_required', label: 'Written off' },
    });
    expect(read({ code: 'written_off', note: 'gone' })).toEqual({
      ok: false,
      refusal: { code: 'amount_required', label: 'Written off' },
    });
  });
});

describe('evidence', () => {
  const needy: ResolutionCode = {
    code: 'credited',
    label: 'Credited',
    types: [],
    note: 'optional',
    amount: 'optional',
    evidence: 'required',
  };
  const readWith = (evidence: string | undefined) =>
    readResolution(
      { code: 'credited', note: '', amount: undefined, evidence },
      { type: 'missing_invoice', currency: 'USD', codes: [needy] },
    );

  it.each([
    ['https://vendor.example/credits/7', 'https://vendor.example/credits/7'],
    ['  https://Vendor.example/a b\u202e ', 'https://vendor.example/a%20b%E2%80%AE'],
  ])('is kept as a browser writes it: %j', (typed, kept) => {
    expect(readWith(typed)).toMatchObject({ ok: true, value: { evidence: kept } });
  });

  it.each([undefined, '', '  '])('is asked for where the code needs it and %j was typed', (typed) => {
    expect(readWith(typed)).toEqual({
      ok: false,
      refusal: { code: 'evidence_required', label: 'Credited' },
    });
  });

  it.each([
    'http://vendor.example/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'vendor.example',
    'https://user:secret@vendor.example/',
    `https://vendor.example/${'x'.repeat(1_000)}`,
  ])('is refused when it is %s', (typed) => {
    expect(readWith(typed)).toMatchObject({ ok: false, refusal: { code: 'evidence_unreadable' } });
  });

  it('may be left out where the code does not need it', () => {
    expect(read({ evidence: undefined })).toMatchObject({ ok: true, value: { evidence: undefined } });
  });
});
