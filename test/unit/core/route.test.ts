import { describe, expect, it } from 'vitest';
import { parseAmountRange } from '../../../src/core/amount-range.ts';
import type { OwnershipRow } from '../../../src/core/organisation.ts';
import { covers, decidingRow, explainRow, keptRow, ownershipOf, rowsFor } from '../../../src/core/route.ts';

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

const OF_ACME = { client: 'Acme', atStake: { minor: 50_000n, currency: 'USD' } } as const;

describe('the ownership matrix', () => {
  it.each([
    ['media_ops', 'missing_invoice', 'block_payout', 'a'],
    ['media_ops', 'missing_invoice', 'manual_review', 'b'],
    ['content_ops', 'missing_invoice', 'block_payout', 'b'],
    ['content_ops', 'amount_differs', 'block_payout', 'c'],
    ['content_ops', 'amount_differs', 'manual_review', 'd'],
    ['revenue_ops', 'amount_differs', 'manual_review', 'e'],
  ] as const)('decides %s, %s, %s by its first row that fits: %s', (domain, type, severity, source) => {
    expect(ownershipOf(ROWS, { reconciliation: 'ads', domain, type, severity, ...OF_ACME }).source).toBe(
      source,
    );
  });

  it('lets a reconciliation own its exceptions by rows of its own', () => {
    const about = {
      domain: 'media_ops',
      type: 'amount_differs',
      severity: 'manual_review',
      ...OF_ACME,
    } as const;

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
        ...OF_ACME,
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

  it('explains clients and amounts, and keeps what the row asked for', () => {
    const given = row('tieout.yaml:44', {
      type: 'missing_invoice',
      clients: ['Acme', 'Zeta'],
      amount: parseAmountRange('5000.. USD'),
    });

    const when = 'type missing_invoice, client Acme or Zeta, amount 5000.. USD';
    expect(explainRow(given)).toBe(`tieout.yaml:44 (${when} → media_ops, 4h)`);
    expect(decidingRow(JSON.parse(JSON.stringify(keptRow(given))))).toEqual({
      source: 'tieout.yaml:44',
      when,
    });
    expect(decidingRow(keptRow(row('tieout.yaml:45', {})))).toEqual({
      source: 'tieout.yaml:45',
      when: undefined,
    });
    expect(decidingRow({})).toBeUndefined();
  });
});

describe('rows for clients and amounts', () => {
  const NARROW = [
    row('key client', {
      clients: ['ACME  ltd', 'Zeta'],
      amount: parseAmountRange('1000.. USD'),
      team: 'keys',
    }),
    row('large', { amount: parseAmountRange('1000.. USD'), team: 'large' }),
    row('client', { clients: ['Acme Ltd'], team: 'acme' }),
    row('rest', {}),
  ];
  const about = (client: string | undefined, minor: bigint, currency = 'USD') => ({
    reconciliation: 'ads',
    domain: 'media_ops',
    type: 'amount_differs',
    severity: 'manual_review' as const,
    client,
    atStake: { minor, currency },
  });

  it.each([
    ['Acme Ltd', 100_000n, 'USD', 'key client'],
    ['ＡＣＭＥ ltd', 100_000n, 'USD', 'key client'],
    ['Acme Ltd', 99_999n, 'USD', 'client'],
    ['Acme Ltd', 100_000n, 'EUR', 'client'],
    ['Other', 100_000n, 'USD', 'large'],
    [undefined, 5n, 'USD', 'rest'],
  ] as const)('%s with %s %s goes by: %s', (client, minor, currency, source) => {
    expect(ownershipOf(NARROW, about(client, minor, currency)).source).toBe(source);
  });

  it('may each own a kind, up to the one that asks for neither', () => {
    const rows = [...NARROW, row('never', { type: 'amount_differs' })];
    expect(rowsFor(rows, about(undefined, 0n)).map(({ source }) => source)).toEqual([
      'key client',
      'large',
      'client',
      'rest',
    ]);
  });

  it.each([
    [{ type: 'a' }, { type: 'a', clients: ['Acme'] }, true],
    [{ clients: ['Acme', 'Zeta'] }, { clients: ['acme'] }, true],
    [{ amount: parseAmountRange('10.. USD') }, { amount: parseAmountRange('20.. USD') }, true],
    [{ clients: ['Acme'] }, { clients: ['Acme', 'Zeta'] }, false],
    [{ clients: ['Acme'] }, {}, false],
    [{ type: 'a' }, { severity: 'block_payout' }, false],
    [{ amount: parseAmountRange('10.. USD') }, { amount: parseAmountRange('..20 USD') }, false],
  ] as const)('%o covers %o: %s', (above, below, isSo) => {
    const none = { domain: undefined, type: undefined, severity: undefined };
    expect(covers({ ...none, ...above }, { ...none, ...below })).toBe(isSo);
  });
});
