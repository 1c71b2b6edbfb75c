import { describe, expect, it } from 'vitest';
import { driftOf, type Reads, type Seen } from '../../../src/core/intake/drift.ts';
import { gravityOf } from '../../../src/core/intake/finding.ts';
import { isSampled, kindOf, Observer } from '../../../src/core/intake/observed.ts';
import { ORDERS } from '../../integration/ingest/setup.ts';

const CONTRACT = {
  ...ORDERS,
  fields: [
    ...ORDERS.fields,
    {
      name: 'status',
      from: 'status',
      always: undefined,
      cutAt: [],
      required: false,
      type: { kind: 'choice', of: ['open', 'paid'] },
    } as const,
  ],
};
const GOOD = {
  order_id: 'PO-12',
  amount: '10.00',
  currency: 'USD',
  order_date: '2026-01-05',
  memo: 'hello there',
  status: 'open',
};
const READS: Reads = { rows: 100, refused: [], duplicates: 0 };

type Rows = Partial<Record<keyof typeof GOOD | string, string>>;

/** A delivery of a hundred rows like the good one; undefined takes a column away. */
function delivery(
  changes: Record<string, string | undefined> = {},
  { reads = READS, isDeclared = true, others = 0 } = {},
): Seen {
  const row = Object.entries({ ...GOOD, ...changes }).filter(
    (cell): cell is [string, string] => cell[1] !== undefined,
  );
  const observer = new Observer();
  if (isDeclared) observer.declare(row.map(([name]) => name));
  for (let at = 0; at < 100; at += 1)
    observer.add(at < others ? (Object.entries(GOOD as Rows) as [string, string][]) : row);
  return { observed: observer.result(), reads };
}

const drift = (now: Seen, ...before: Seen[]) =>
  driftOf(CONTRACT, now, before.length === 0 ? [delivery()] : before);

describe('a delivery like the one before it', () => {
  it('has no drift, and the first of all has none', () => {
    expect(drift(delivery())).toEqual([]);
    expect(driftOf(CONTRACT, delivery({ memo: undefined }), [])).toEqual([]);
  });

  it('has none either when another memo, another order of columns or other case is all that differs', () => {
    const { memo, ...rest } = GOOD;
    const turned = { MEMO: '12', ...rest };
    expect(drift(delivery({ memo: undefined, ...turned }))).toEqual([]);
    expect(drift(delivery({ amount: '12' }))).toEqual([]);
  });
});

describe('a column', () => {
  it('that is new is told', () => {
    expect(drift(delivery({ po: '1' }))).toEqual([{ kind: 'column_added', column: 'po' }]);
  });

  it('that the contract reads is no news when it is there again', () => {
    expect(drift(delivery(), delivery({ memo: undefined }))).toEqual([]);
  });

  it.each([
    ['airbyte', '_ab_cdc_deleted_at'],
    ['singer', '_sdc_deleted_at'],
  ] as const)('by which %s says what is deleted comes and goes', (format, mark) => {
    const contract = { ...CONTRACT, format };
    const marked = delivery({ [mark]: '2026-11-01T00:00:00Z' });
    expect(driftOf(contract, marked, [delivery()])).toEqual([]);
    expect(driftOf(contract, delivery(), [marked])).toEqual([]);
    expect(drift(marked)).toEqual([{ kind: 'column_added', column: mark }]);
  });

  it('that is gone breaks what reads it, and only that', () => {
    const [gone, extra] = [drift(delivery({ memo: undefined })), drift(delivery(), delivery({ junk: 'x' }))];
    expect(gone).toEqual([{ kind: 'column_removed', column: 'memo', fields: ['memo'] }]);
    expect(extra).toEqual([{ kind: 'column_removed', column: 'junk', fields: [] }]);
    expect([...gone, ...extra].map(gravityOf)).toEqual(['breaking', 'told']);
  });

  it('of the currency is missed by the amount', () => {
    expect(drift(delivery({ currency: undefined }))).toEqual([
      { kind: 'column_removed', column: 'currency', fields: ['amount'] },
    ]);
  });

  it('of the key that is gone or of another kind changes the key', () => {
    expect(drift(delivery({ order_id: undefined }))).toEqual([
      { kind: 'key_changed', column: 'order_id', how: 'removed' },
    ]);
    expect(drift(delivery({ order_id: '12' }))).toEqual([
      { kind: 'key_changed', column: 'order_id', how: 'retyped' },
    ]);
  });

  it.each([
    ['order_date', '01/05/2026', 'date YYYY-00-00', 'date 00/00/YYYY'],
    ['amount', 'ten', 'decimal', 'text'],
  ])('%s of another kind, such as %s, is retyped', (column, text, from, to) => {
    const fields = [column];
    expect(drift(delivery({ [column]: text }))).toEqual([
      { kind: 'column_retyped', column, fields, from, to },
    ]);
  });

  it('of which less than half is of another kind is not', () => {
    expect(drift(delivery({ amount: 'ten' }, { others: 60 }))).toEqual([]);
  });

  it('of amounts is the same one when they have four digits, also where the record still calls those months', () => {
    const small = delivery({ amount: '950.00' });
    const large = delivery({ amount: '1880.00' });
    const { observed, reads } = large;
    const asMonths = (kind: string, count: number): Seen => {
      const columns = observed.columns.map((one) =>
        one.name === 'amount' ? { ...one, kinds: { [kind]: count, decimal: 100 - count } } : one,
      );
      return { observed: { ...observed, columns }, reads };
    };
    expect(drift(large, small)).toEqual([]);
    expect(drift(small, asMonths('date YYYY.00', 95))).toEqual([]);
    expect(drift(delivery({ amount: 'n/a' }), asMonths('date YYYY.00', 50))).toMatchObject([
      { kind: 'column_retyped', from: 'decimal', to: 'text' },
    ]);
  });

  it('that few rows ever had is not missed where nothing lists the columns', () => {
    const loose = { isDeclared: false };
    const sparse = delivery({ memo: '' }, { ...loose, others: 20 });
    expect(drift(delivery({ memo: undefined }, loose), sparse)).toEqual([]);
    expect(drift(delivery({ memo: undefined }, loose), delivery({}, loose))).toMatchObject([
      { kind: 'column_removed' },
    ]);
  });

  it('with far more blanks than in three deliveries before is told', () => {
    const full = delivery();
    const half = delivery({ memo: '' }, { others: 50 });
    expect(drift(half, full, full)).toEqual([]);
    expect(drift(half, full, full, full)).toEqual([
      { kind: 'blanks', column: 'memo', fields: ['memo'], now: 50, usual: 0 },
    ]);
    expect(drift(delivery({ memo: '' }, { others: 95 }), full, full, full)).toEqual([]);
    expect(drift(half, half, half, half)).toEqual([]);
  });

  it('with a vocabulary has new words told', () => {
    expect(drift(delivery({ status: 'Disputed' }, { others: 90 }))).toEqual([
      { kind: 'new_words', column: 'status', fields: ['status'], words: ['disputed'] },
    ]);
    expect(drift(delivery({ status: 'Disputed' }, { others: 99 }))).toEqual([]);
  });
});

describe('rows', () => {
  type Count = readonly [rows: number, of: number];
  /** A delivery of which so many rows cannot be read for their amount, each for the next of the reasons. */
  const refused = ([rows, of]: Count, reasons: readonly string[] = ['amount_malformed']): Seen => {
    const found = reasons.map((reason, at) => ({
      field: 'amount',
      reason,
      rows: Math.floor(rows / reasons.length) + (at < rows % reasons.length ? 1 : 0),
    }));
    return delivery({}, { reads: { rows: of, refused: found.filter((one) => one.rows > 0), duplicates: 0 } });
  };
  const three = ['amount_malformed', 'amount_empty', 'currency_unknown'];

  it.each<Count>([
    [2, 2],
    [2, 4],
    [3, 15],
    [7, 16],
    [9, 12],
    [12, 16],
    [10, 30],
    [10, 19],
    [20, 40],
    [60, 200],
  ])('break a field that cannot be read in %i of %i of them, for one reason or for three', (rows, of) => {
    const finding = { kind: 'field_unreadable', field: 'amount', rows, of };
    expect(drift(refused([rows, of]))).toEqual([{ ...finding, reason: 'amount_malformed' }]);
    expect(drift(refused([rows, of], three))).toMatchObject([finding]);
  });

  it.each<Count>([
    [1, 1],
    [1, 2],
    [1, 5],
    [2, 5],
    [2, 40],
    [3, 16],
    [19, 100],
  ])('do not when they are %i of %i', (rows, of) => {
    expect(drift(refused([rows, of]))).toEqual([]);
    expect(drift(refused([rows, of], three))).toEqual([]);
  });

  it('are told with all their reasons, the most frequent first', () => {
    expect(drift(refused([10, 16], three))).toMatchObject([
      { reason: 'amount_malformed 4, amount_empty 3, currency_unknown 3' },
    ]);
  });

  it('are counted by field: a few of each are a few', () => {
    const each = ['amount', 'order_date'].map((field) => ({ field, reason: 'required_missing', rows: 2 }));
    expect(drift(delivery({}, { reads: { rows: 16, refused: each, duplicates: 0 } }))).toEqual([]);
  });

  it('are not expected because one delivery before had as many', () => {
    const [good, bad] = [refused([0, 13]), refused([9, 12])];
    const now = refused([10, 13]);
    for (const before of [[bad], [bad, good], [bad, bad], [bad, good, good], [bad, good, bad, good, good]])
      expect(drift(now, ...before)).toMatchObject([{ kind: 'field_unreadable', rows: 10 }]);
  });

  it('are expected up to twice as many as the median of the latest eight deliveries, of three at least', () => {
    const usual = refused([15, 100]);
    expect(drift(refused([29, 100]), usual, usual)).toMatchObject([{ kind: 'field_unreadable' }]);
    expect(drift(refused([29, 100]), usual, usual, usual)).toEqual([]);
    expect(drift(refused([30, 100]), usual, usual, usual)).toMatchObject([{ kind: 'field_unreadable' }]);
    const [now, good] = [refused([29, 100]), refused([0, 100])];
    expect(drift(now, ...Array(5).fill(usual), ...Array(20).fill(good))).toEqual([]);
    expect(drift(now, ...Array(3).fill(usual), ...Array(5).fill(good))).toMatchObject([
      { kind: 'field_unreadable' },
    ]);
  });

  it('are never expected to be half of all', () => {
    const usual = refused([45, 100]);
    expect(drift(refused([49, 100]), usual, usual, usual)).toEqual([]);
    expect(drift(refused([50, 100]), usual, usual, usual)).toMatchObject([{ kind: 'field_unreadable' }]);
  });

  it('of which many have one key show that the key names no row any more', () => {
    const twice = delivery({}, { reads: { ...READS, duplicates: 40 } });
    expect(drift(twice)).toEqual([{ kind: 'key_not_unique', key: ['order_id'], rows: 40, of: 100 }]);
  });
});

describe('looking at rows', () => {
  it('takes the first five hundred, and then one in sixty-four', () => {
    const taken = Array.from({ length: 10_000 }, (_, at) => at + 1).filter(isSampled);
    expect(taken.length).toBe(500 + Math.floor(10_000 / 64) - Math.floor(500 / 64));
  });

  it.each([
    ['12', 'integer'],
    ['-1,234.50', 'decimal'],
    ['$ 12.00', 'decimal'],
    ['(76.50)', 'decimal'],
    ['€ 1.234,50', 'decimal'],
    ['2026-01', 'date YYYY-00'],
    ['2026-01-05T10:00:00Z', 'date YYYY-00-00 time'],
    ['1/5/26', 'date 00/00/00'],
    ['TRUE', 'flag'],
    ['{"a":1}', 'json'],
    ['PO-12', 'text'],
    ['12 Main Street', 'text'],
  ])('%s is %s', (value, kind) => {
    expect(kindOf(value)).toBe(kind);
  });
});
