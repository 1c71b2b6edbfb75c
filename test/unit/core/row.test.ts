import { describe, expect, it } from 'vitest';
import type { ContractField, FeedContract, Negation } from '../../../src/core/contract.ts';
import { PLAIN_AMOUNT } from '../../../src/core/money.ts';
import { belongs, type RawRow, readRow } from '../../../src/core/row.ts';

const field = (
  name: string,
  type: ContractField['type'],
  more: Partial<ContractField> = {},
): ContractField => ({
  name,
  from: name,
  always: undefined,
  cutAt: [],
  required: false,
  type,
  ...more,
});

const CONTRACT: FeedContract = {
  feed: 'lines',
  source: 'billing',
  format: 'csv',
  delimiter: ',',
  finalLineEnd: 'required',
  files: [],
  zone: 'America/New_York',
  key: ['invoice', 'line'],
  revision: 'revision',
  amount: 'total',
  date: 'day',
  client: 'client',
  orderRef: 'po',
  where: [{ column: 'title', test: 'lacks', text: 'Draft' }],
  fields: [
    field('invoice', { kind: 'reference' }),
    field('line', { kind: 'integer' }),
    field('client', { kind: 'text', maxLength: 20 }, { required: true }),
    field('po', { kind: 'reference' }, { cutAt: ['-', '/'] }),
    field('kind', { kind: 'choice', of: ['charge', 'credit'] }),
    field('day', { kind: 'instant', format: 'YYYY-MM-DD HH:mm' }),
    field('revision', { kind: 'integer' }),
    field(
      'total',
      {
        kind: 'money',
        format: { decimal: '.', group: ',', symbols: ['$'], parentheses: true, unit: 'major' },
        currency: { from: 'currency', always: undefined, cutAt: [] },
      },
      { required: true },
    ),
  ],
};

const column = (from: string) => ({ from, always: undefined, cutAt: [] });

const withField = (
  name: string,
  type: ContractField['type'],
  more: Partial<ContractField> = {},
): FeedContract => ({
  ...CONTRACT,
  fields: CONTRACT.fields.map((known) => (known.name === name ? { ...known, ...more, type } : known)),
});

const withTotal = (negate: Negation): FeedContract =>
  withField('total', {
    kind: 'money',
    format: { ...PLAIN_AMOUNT, group: ',' },
    currency: column('currency'),
    negate,
  });

const GOOD = {
  invoice: 'INV-1',
  line: '007',
  client: ' Acme ',
  po: '507337-1',
  kind: 'Credit',
  day: '2026-01-05 23:30',
  revision: '9',
  total: '($1,234.50)',
  currency: 'USD',
  title: 'Invoice',
};
const row = (changes: Partial<Record<keyof typeof GOOD, string>> = {}): RawRow =>
  new Map(Object.entries({ ...GOOD, ...changes }));

describe('readRow', () => {
  it('gives the record a row stands for', () => {
    expect(readRow(CONTRACT, row())).toEqual({
      ok: true,
      value: {
        sourceRef: 'INV-1/7',
        revision: '000000000000000009',
        amountMinor: -123450n,
        currency: 'USD',
        occurredOn: '2026-01-05',
        client: 'Acme',
        orderRef: '507337',
        fields: {
          invoice: 'INV-1',
          line: '7',
          client: 'Acme',
          po: '507337',
          kind: 'credit',
          day: '2026-01-05',
          revision: '9',
        },
        lookAlikes: [],
        unmapped: [],
      },
    });
  });

  it.each([
    [{ client: '  ' }, 'required_missing', 'client'],
    [{ invoice: '' }, 'required_missing', 'invoice'],
    [{ total: '' }, 'amount_empty', 'total'],
    [{ total: '12.3.4' }, 'amount_malformed', 'total'],
    [{ total: '1.005' }, 'amount_too_precise', 'total'],
    [{ total: '999999999999999999.00' }, 'amount_out_of_range', 'total'],
    [{ currency: 'usd' }, 'currency_unknown', 'total'],
    [{ currency: '' }, 'currency_unknown', 'total'],
    [{ day: '05.01.2026' }, 'date_malformed', 'day'],
    [{ day: '2026-02-30 10:00' }, 'date_does_not_exist', 'day'],
    [{ day: '2026-11-01 01:30' }, 'date_ambiguous', 'day'],
    [{ day: '2026-03-08 02:30' }, 'date_does_not_exist', 'day'],
    [{ day: '9999-12-31 00:00' }, 'date_out_of_range', 'day'],
    [{ kind: 'refund' }, 'choice_unknown', 'kind'],
    [{ line: '1.0' }, 'integer_malformed', 'line'],
    [{ revision: '-1' }, 'integer_malformed', 'revision'],
    [{ invoice: '1.00E+05' }, 'reference_spoilt', 'invoice'],
    [{ invoice: 'A\u200b1' }, 'reference_spoilt', 'invoice'],
    [{ invoice: 'A\u00a01' }, 'reference_spoilt', 'invoice'],
    [{ invoice: '#N/A' }, 'reference_spoilt', 'invoice'],
    [{ invoice: 'true' }, 'reference_spoilt', 'invoice'],
    [{ invoice: '["1"]' }, 'reference_spoilt', 'invoice'],
    [{ invoice: '{"id":1}' }, 'reference_spoilt', 'invoice'],
    [{ invoice: 'A\u202e1' }, 'reference_spoilt', 'invoice'],
    [{ invoice: 'A\t1' }, 'reference_spoilt', 'invoice'],
    [{ invoice: '9'.repeat(256) }, 'reference_too_long', 'invoice'],
    [{ client: 'x'.repeat(21) }, 'text_too_long', 'client'],
    [{ client: 'a\u0000b' }, 'nul_character', 'client'],
    [{ client: 'a\ud800b' }, 'text_malformed', 'client'],
  ])('refuses %j as %s in %s', (changes, code, name) => {
    expect(readRow(CONTRACT, row(changes))).toMatchObject({ ok: false, refusal: { code, field: name } });
  });

  it('says of a whole number that it is too long, not that it is none', () => {
    expect(readRow(CONTRACT, row({ line: '1234567890123456789' }))).toMatchObject({
      refusal: {
        code: 'integer_malformed',
        detail: '"1234567890123456789" has more than 18 digits; declare it as reference or text',
      },
    });
  });

  it.each([
    [{ client: 'x'.repeat(21) }, '21 characters; at most 20 are kept; max_length may be up to 20000'],
    [{ invoice: '9'.repeat(256) }, 'a reference of 256 characters; at most 255 are kept'],
  ])('says how long a text may be', (changes, words) => {
    expect(readRow(CONTRACT, row(changes))).toMatchObject({
      refusal: { detail: expect.stringContaining(words) },
    });
  });

  it('refuses a joined key that is too long though its parts are not', () => {
    const read = readRow(CONTRACT, row({ invoice: 'I'.repeat(254) }));
    expect(read).toMatchObject({ ok: false, refusal: { code: 'key_too_long' } });
  });

  it('keeps two keys apart whose parts hold the separator', () => {
    const two = { ...CONTRACT, key: ['invoice', 'po'] };
    const read = readRow(two, row({ invoice: 'a/b', po: 'c' }));
    expect(read).toMatchObject({ ok: true, value: { sourceRef: 'a%2Fb/c' } });
  });

  it('leaves an empty optional field out', () => {
    const read = readRow(CONTRACT, row({ po: '', kind: '' }));
    expect(read).toMatchObject({
      ok: true,
      value: { orderRef: undefined, fields: expect.not.objectContaining({ po: '' }) },
    });
  });

  it('accepts a reference with look-alike letters and says so', () => {
    expect(readRow(CONTRACT, row({ invoice: 'ОRD-1' }))).toMatchObject({
      ok: true,
      value: { lookAlikes: ['invoice'] },
    });
  });

  it('reads a row without an amount where the contract lets it be left out, and of a feed that has none', () => {
    const mayBeEmpty = {
      ...CONTRACT,
      fields: CONTRACT.fields.map((one) => ({ ...one, required: false })),
    };
    const none = {
      ...CONTRACT,
      amount: undefined,
      fields: CONTRACT.fields.filter(({ name }) => name !== 'total'),
    };

    for (const read of [readRow(mayBeEmpty, row({ total: '', currency: '' })), readRow(none, row())]) {
      expect(read).toMatchObject({ ok: true, value: { amountMinor: undefined, currency: undefined } });
    }
  });

  it.each([
    ['Credit', -123450n],
    ['CHARGE', 123450n],
  ])('gives the amount of a %s the sign that its kind says', (kind, amountMinor) => {
    const contract = withTotal({ column: column('kind'), equals: ['credit'], keep: ['charge'] });
    expect(readRow(contract, row({ kind, total: '1,234.50' }))).toMatchObject({
      ok: true,
      value: { amountMinor },
    });
  });

  it('refuses an amount whose sign nobody declared', () => {
    const contract = withTotal({ column: column('title'), equals: ['credit'], keep: ['charge'] });
    expect(readRow(contract, row({ title: 'Refund', total: '5.00' }))).toMatchObject({
      ok: false,
      refusal: { code: 'sign_unknown', field: 'total', detail: expect.stringContaining('"refund"') },
    });
  });

  it('turns the sign of every amount of a feed that writes money out as positive', () => {
    expect(readRow(withTotal('always'), row({ total: '5.00' }))).toMatchObject({
      ok: true,
      value: { amountMinor: -500n },
    });
  });

  it('keeps the day in the feed’s zone of a time written in another one', () => {
    const type = { kind: 'instant', format: 'YYYY-MM-DD HH:mm', zone: 'UTC' } as const;
    const read = readRow(withField('day', type), row({ day: '2026-01-06 04:30' }));
    expect(read).toMatchObject({ ok: true, value: { occurredOn: '2026-01-05' } });
  });

  it.each([
    ['2026-01-05', '2026-01-05'],
    ['01/05/2026', '2026-01-05'],
  ])('reads a day by whichever declared form it has: %s', (day, occurredOn) => {
    const read = readRow(withField('day', { kind: 'date', format: 'YYYY-MM-DD | MM/DD/YYYY' }), row({ day }));
    expect(read).toMatchObject({ ok: true, value: { occurredOn } });
  });

  it('refuses a day that two declared forms read as different days, and takes one they agree on', () => {
    const contract = withField('day', { kind: 'date', format: 'MM/DD/YYYY | DD/MM/YYYY' });
    expect(readRow(contract, row({ day: '01/05/2026' }))).toMatchObject({
      ok: false,
      refusal: { code: 'date_ambiguous', detail: expect.stringContaining('2026-01-05 or 2026-05-01') },
    });
    expect(readRow(contract, row({ day: '05/05/2026' }))).toMatchObject({ ok: true });
    expect(readRow(contract, row({ day: '25/12/2026' }))).toMatchObject({
      ok: true,
      value: { occurredOn: '2026-12-25' },
    });
  });

  it('reads what the source writes by its map, and says which words the map lacks', () => {
    const map = new Map([['paid in full', 'credit']]);
    const type = { kind: 'choice', of: ['charge', 'credit'], map } as const;
    expect(readRow(withField('kind', type), row({ kind: 'Paid in FULL' }))).toMatchObject({
      value: { fields: { kind: 'credit' }, unmapped: [] },
    });
    expect(readRow(withField('kind', type), row({ kind: 'Void' }))).toMatchObject({
      refusal: { code: 'choice_unknown', detail: '"Void" is none of charge, credit, paid in full' },
    });
    expect(readRow(withField('kind', { ...type, otherwise: 'charge' }), row({ kind: 'Void' }))).toMatchObject(
      {
        value: { fields: { kind: 'charge' }, unmapped: [{ field: 'kind', text: 'Void' }] },
      },
    );
  });

  it('refuses a key of which its steps leave nothing, with what was delivered', () => {
    const contract = withField('invoice', { kind: 'reference' }, { steps: [{ kind: 'digits' }] });
    expect(readRow(contract, row({ invoice: 'n/a' }))).toMatchObject({
      ok: false,
      refusal: { code: 'required_missing', detail: expect.stringContaining('"n/a"') },
    });
  });

  it('throws when the contract names an amount that is no money field', () => {
    expect(() => readRow({ ...CONTRACT, amount: 'client' }, row())).toThrow(/is no money field/);
  });
});

it('a row belongs to a feed when every condition of where holds, without case', () => {
  expect(belongs(CONTRACT, row())).toBe(true);
  expect(belongs(CONTRACT, row({ title: 'DRAFT invoice' }))).toBe(false);
});

describe('a personal field', () => {
  const contract: FeedContract = {
    ...CONTRACT,
    pseudonym: (text) => `[${text.length}]`,
    fields: CONTRACT.fields.map((one) =>
      one.name === 'client'
        ? { ...one, personal: 'hash', steps: [{ kind: 'email' }] }
        : one.name === 'po'
          ? { ...one, personal: 'drop' }
          : one,
    ),
  };

  it('is kept as its pseudonym, or not at all', () => {
    const read = readRow(contract, row({ client: 'Ana@Example.com', po: 'Ana Ruiz' }));
    expect(read).toMatchObject({ ok: true, value: { client: '[15]', fields: { client: '[15]' } } });
    expect(read.ok && read.value.fields).not.toHaveProperty('po');
  });

  it('is not repeated in what is said of it', () => {
    const read = readRow(contract, row({ client: 'Ana Ruiz, Calle Mayor 1' }));
    expect(read).toMatchObject({ ok: false, refusal: { field: 'client' } });
    expect(JSON.stringify(read)).not.toContain('Ruiz');
  });
});
