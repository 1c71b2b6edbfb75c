import { describe, expect, it } from 'vitest';
import { fromDuplicates, fromGroup, fromMissing, isDue } from '../../../src/core/classify.ts';
import type { MissingRule } from '../../../src/core/spec.ts';
import { sumGroup } from '../../../src/core/verify.ts';
import { aSpec, invoice, type LedgerRow, order, toMatchRecord } from '../../support/ledger.ts';

const DECISION = {
  outcome: 'excepted',
  type: 'amount_differs',
  severity: 'manual_review',
  rule: undefined,
  reason: 'UNEXPLAINED_DIFFERENCE',
  failed: [],
} as const;
const MISSING: MissingRule = { afterDays: 10, raise: 'missing_invoice', severity: 'manual_review' };

function draftOf(rows: readonly LedgerRow[]) {
  const members = rows.map(toMatchRecord);
  return fromGroup(aSpec(), {
    pass: 'po',
    key: '1',
    members,
    sums: sumGroup(members, undefined),
    decision: DECISION,
  });
}

describe('the exception of a group', () => {
  it('carries both amounts, what is at stake and what differs', () => {
    expect(draftOf([order('1', 100_00n), invoice('1', 180_00n)])).toMatchObject({
      fingerprint: 'amount_differs:1:po|1',
      client: 'Acme',
      orderRef: '1',
      expectedMinor: 100_00n,
      actualMinor: 180_00n,
      atStakeMinor: 80_00n,
      currency: 'USD',
      findings: [{ field: 'amount', expected: '$100.00', actual: '$180.00' }],
    });
  });

  it('has at stake the difference without its sign', () => {
    expect(draftOf([order('1', 100_00n), invoice('1', -20_00n)]).atStakeMinor).toBe(120_00n);
  });

  it('of a pair names every field both sides fill differently', () => {
    const draft = draftOf([
      order('1', 1_00n, { fields: { po: '1', client: 'Acme', month: '2026-10', constructor: 'here' } }),
      invoice('1', 2_00n, { fields: { po: '1', client: 'ACME', month: '2026-11' } }),
    ]);

    expect(draft.findings.slice(1)).toEqual([
      { field: 'client', expected: 'Acme', actual: 'ACME' },
      { field: 'month', expected: '2026-10', actual: '2026-11' },
    ]);
  });

  it('of more than a pair speaks of the amounts alone', () => {
    const draft = draftOf([
      order('1', 1_00n),
      invoice('1', 2_00n),
      invoice('1', 3_00n, { fields: { po: '2' } }),
    ]);

    expect(draft.findings).toEqual([{ field: 'amount', expected: '$1.00', actual: '$5.00' }]);
  });

  it('of two currencies adds nothing up', () => {
    expect(
      draftOf([order('1', 100_00n), invoice('1', 50_00n, { currency: 'EUR' }), invoice('1', 60_00n)]),
    ).toMatchObject({
      expectedMinor: undefined,
      actualMinor: undefined,
      currency: 'EUR',
      findings: [{ field: 'currency', expected: '$100.00', actual: '€50.00 + $60.00' }],
    });
  });

  it('takes its names from the expected side first', () => {
    const draft = draftOf([
      invoice('1', 1n, { fields: { po: 'theirs', client: 'Theirs' } }),
      order('1', 2n, { fields: { po: 'ours', client: 'Ours' } }),
    ]);

    expect([draft.client, draft.orderRef]).toEqual(['Ours', 'ours']);
  });
});

describe('the exception of repeated records', () => {
  const spec = aSpec({
    duplicates: [
      { side: 'actual', same: ['po', 'amount'], raise: 'duplicate_invoice', severity: 'block_payout' },
    ],
  });
  const members = ['a', 'b', 'c'].map((ref) => toMatchRecord(invoice('1', 50_00n, { ref })));

  it('has all but the first at stake', () => {
    expect(fromDuplicates(spec, { rule: 0, key: 'k', members })).toMatchObject({
      fingerprint: 'duplicate_invoice:1:0|k',
      reason: 'SAME_PO_AMOUNT',
      severity: 'block_payout',
      expectedMinor: 50_00n,
      actualMinor: 150_00n,
      atStakeMinor: 100_00n,
      findings: [
        { field: 'repeated', expected: 'a, $50.00', actual: 'b, $50.00' },
        { field: 'repeated', expected: 'a, $50.00', actual: 'c, $50.00' },
      ],
    });
  });

  it('without its rule is a bug', () => {
    expect(() => fromDuplicates(spec, { rule: 1, key: 'k', members })).toThrow('duplicate set k');
  });
});

describe('the exception of a record alone', () => {
  it('on the expected side misses the actual one', () => {
    expect(
      fromMissing(aSpec(), { rule: MISSING, cutoffOn: '2026-11-15' }, toMatchRecord(order('1', 100_00n))),
    ).toMatchObject({
      fingerprint: 'missing_invoice:1:orders/O-1',
      reason: 'NOTHING_ON_ACTUAL_SIDE',
      expectedMinor: 100_00n,
      actualMinor: undefined,
      findings: [{ field: 'amount', expected: '$100.00', actual: undefined }],
    });
  });

  it('on the actual side misses the expected one, a credit counting without its sign', () => {
    expect(
      fromMissing(aSpec(), { rule: MISSING, cutoffOn: '2026-11-15' }, toMatchRecord(invoice('1', -30_00n))),
    ).toMatchObject({
      reason: 'NOTHING_ON_EXPECTED_SIDE',
      expectedMinor: undefined,
      actualMinor: -30_00n,
      atStakeMinor: 30_00n,
      findings: [{ field: 'amount', expected: undefined, actual: '-$30.00' }],
    });
  });

  it.each([
    ['2026-10-01', '2026-10-10', false],
    ['2026-10-01', '2026-10-11', true],
    ['2026-02-20', '2026-03-01', false],
    ['2026-02-20', '2026-03-02', true],
    ['2024-02-20', '2024-03-01', true],
    ['2026-12-25', '2027-01-03', false],
  ])('of %s is due at the cut-off %s: %s', (on, cutoffOn, due) => {
    expect(isDue(toMatchRecord(order('1', 1n, { on })), MISSING, cutoffOn)).toBe(due);
  });
});
