import { describe, expect, it } from 'vitest';
import type { OwnershipRow } from '../../../src/core/organisation.ts';
import { explainRow, ownershipOf } from '../../../src/core/route.ts';

const row = (source: string, conditions: Partial<OwnershipRow>): OwnershipRow => ({
  row: 1,
  source,
  domain: undefined,
  type: undefined,
  severity: undefined,
  team: 'media_ops',
  sla: { kind: 'elapsed', ms: 1, text: '4h' },
  ...conditions,
});

const ROWS = [
  row('own', { reconciliation: 'leads', type: 'amount_differs', team: 'sales' }),
  row('a', { domain: 'media_ops', type: 'missing_invoice', severity: 'block_payout' }),
  row('b', { type: 'missing_invoice', team: 'finance' }),
  row('c', { severity: 'block_payout' }),
  row('d', { domain: 'content_ops' }),
  row('e', {}),
];

describe('the ownership matrix', () => {
  it.each([
    ['media_ops', 'missing_invoice', 'block_payout', 'a'],
    ['media_ops', 'missing_invoice', 'manual_review', 'b'],
    ['content_ops', 'missing_invoice', 'block_payout', 'b'],
    ['content_ops', 'amount_differs', 'block_payout', 'c'],
    ['content_ops', 'amount_differs', 'manual_review', 'd'],
    ['revenue_ops', 'amount_differs', 'manual_review', 'e'],
  ] as const)('decides %s, %s, %s by its first row that fits: %s', (domain, type, severity, source) => {
    expect(ownershipOf(ROWS, { reconciliation: 'ads', domain, type, severity }).source).toBe(source);
  });

  it('lets a reconciliation own its exceptions by rows of its own', () => {
    const about = { domain: 'media_ops', type: 'amount_differs', severity: 'manual_review' } as const;

    expect(ownershipOf(ROWS, { reconciliation: 'leads', ...about }).team).toBe('sales');
    expect(ownershipOf(ROWS, { reconciliation: 'ads', ...about }).team).toBe('media_ops');
  });

  it('without a row that fits is a bug', () => {
    expect(() =>
      ownershipOf(ROWS.slice(0, 5), {
        reconciliation: 'r',
        domain: 'x',
        type: 'y',
        severity: 'manual_review',
      }),
    ).toThrow('no ownership row for r/x/y/manual_review');
  });

  it.each([
    [
      row('tieout.yaml:41', { type: 'missing_invoice', team: 'finance' }),
      'tieout.yaml:41 (type missing_invoice → finance, 4h)',
    ],
    [
      row('tieout.yaml:42', { domain: 'media_ops', severity: 'block_payout' }),
      'tieout.yaml:42 (domain media_ops, severity block_payout → media_ops, 4h)',
    ],
    [row('tieout.yaml:43', {}), 'tieout.yaml:43 (everything else → media_ops, 4h)'],
  ])('explains a row in words', (given, words) => {
    expect(explainRow(given)).toBe(words);
  });
});
