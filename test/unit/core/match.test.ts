import { describe, expect, it } from 'vitest';
import { fits } from '../../../src/core/exact-pass.ts';
import { matchRecords } from '../../../src/core/match.ts';
import { keyOf } from '../../../src/core/match-key.ts';
import { byDayThenRef } from '../../../src/core/record-order.ts';
import type { Cardinality, Reconciliation } from '../../../src/core/spec.ts';
import { aSpec, invoice, type LedgerRow, order, toMatchRecord } from '../../support/ledger.ts';

const pass = (
  name: string,
  on: readonly string[],
  cardinality: Cardinality,
): Reconciliation['find'][number] => ({
  kind: 'exact',
  name,
  expected: on,
  actual: on,
  cardinality,
});

/** Groups as `pass: refs`, sets of duplicates as `rule: refs`, and what is left. */
function outcome(spec: Reconciliation, rows: readonly LedgerRow[]) {
  const { groups, duplicates, remainder } = matchRecords(spec, rows.map(toMatchRecord));
  const refs = (members: readonly { sourceRef: string }[]) =>
    members.map(({ sourceRef }) => sourceRef).join(' ');
  return {
    groups: groups.map((group) => `${group.pass}: ${refs(group.members)}`),
    duplicates: duplicates.map((set) => `${set.rule}: ${refs(set.members)}`),
    remainder: refs(remainder),
  };
}

describe('matching', () => {
  it('pairs one with one, and what the first pass left with several', () => {
    const rows = [
      order('1', 1n),
      invoice('1', 1n),
      order('2', 1n),
      invoice('2', 1n, { ref: 'I-2a' }),
      invoice('2', 1n, { ref: 'I-2b' }),
      order('3', 1n),
    ];

    expect(outcome(aSpec(), rows)).toEqual({
      groups: ['po: I-1 O-1', 'po-lines: I-2a I-2b O-2'],
      duplicates: [],
      remainder: 'O-3',
    });
  });

  it('never pairs two equally good candidates one to one', () => {
    const spec = aSpec({ find: [pass('po', ['po'], 'one-to-one')] });

    expect(
      outcome(spec, [order('1', 1n), invoice('1', 1n, { ref: 'a' }), invoice('1', 1n, { ref: 'b' })]),
    ).toMatchObject({
      groups: [],
      remainder: 'O-1 a b',
    });
  });

  it('never pairs on a missing or empty key', () => {
    const blank = { fields: { po: '' } };
    const none = { fields: {} };

    expect(
      outcome(aSpec(), [
        order('1', 1n, blank),
        invoice('1', 1n, blank),
        order('2', 1n, none),
        invoice('2', 1n, none),
      ]),
    ).toMatchObject({ groups: [] });
  });

  it('takes repeated records out first, all but the earliest', () => {
    const spec = aSpec({
      duplicates: [
        { side: 'actual', same: ['po', 'amount'], raise: 'duplicate_invoice', severity: 'block_payout' },
      ],
    });
    const rows = [
      invoice('1', 5n, { ref: 'late', on: '2026-10-03' }),
      invoice('1', 5n, { ref: 'early', on: '2026-10-01' }),
      invoice('1', 6n, { ref: 'other' }),
      order('1', 5n),
    ];

    expect(outcome(spec, rows)).toEqual({
      groups: ['po-lines: O-1 early other'],
      duplicates: ['0: early late'],
      remainder: '',
    });
  });

  it('gives the same whatever the order of the records', () => {
    const rows = [order('1', 1n), invoice('1', 1n), order('2', 1n), invoice('2', 1n), invoice('3', 1n)];

    expect(outcome(aSpec(), [...rows].reverse())).toEqual(outcome(aSpec(), rows));
  });
});

describe('a key', () => {
  const record = toMatchRecord(order('7', 1_050n, { fields: { po: '7', client: 'A\u001fB', note: '' } }));

  it('joins the fields, and holds amount with currency', () => {
    expect(keyOf(record, ['po', 'amount'], 'amount')).toBe('7\u001f1050 USD');
  });

  it('keeps its separator out of the values', () => {
    expect(keyOf(record, ['client', 'po'], 'amount')).toBe('A B\u001f7');
  });

  it.each(['note', 'nowhere', 'toString'])('is none without the field %s', (name) => {
    expect(keyOf(record, ['po', name], 'amount')).toBeUndefined();
  });
});

it.each([
  ['one-to-one', [true, false, false, false]],
  ['one-to-many', [true, true, false, false]],
  ['many-to-one', [true, false, true, false]],
  ['many-to-many', [true, true, true, true]],
] as const)('%s fits 1:1, 1:2, 2:1, 2:2 as %j and never an empty side', (cardinality, expected) => {
  expect([
    fits(cardinality, 1, 1),
    fits(cardinality, 1, 2),
    fits(cardinality, 2, 1),
    fits(cardinality, 2, 2),
  ]).toEqual(expected);
  expect([fits(cardinality, 0, 1), fits(cardinality, 1, 0), fits(cardinality, 0, 0)]).toEqual([
    false,
    false,
    false,
  ]);
});

it('orders by day, then reference by code unit, then id', () => {
  const at = (on: string, sourceRef: string, recordId: string) => ({
    ...toMatchRecord(order('1', 1n, { on })),
    sourceRef,
    recordId,
  });
  const sorted = [
    at('2026-10-01', 'B', '1'),
    at('2026-10-01', 'a', '1'),
    at('2026-10-01', 'a', '2'),
    at('2026-10-02', 'A', '0'),
  ];

  expect([...sorted].reverse().sort(byDayThenRef)).toEqual(sorted);
});
