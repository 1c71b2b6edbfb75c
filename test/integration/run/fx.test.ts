import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { type PlacedConfig, placeConfig } from '../../support/config-folder.ts';
import { testDatabase } from '../../support/database.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const sideFeed = (feed: string): string => `
feed: ${feed}
source: test
format: csv
zone: UTC
files: ["../data/${feed}*.csv"]
key: [ref]
amount: total
date: day
order_ref: po
fields:
  ref:   { type: reference, from: ref, required: true }
  po:    { type: reference, from: po }
  day:   { type: date, from: day, format: YYYY-MM-DD, required: true }
  total: { type: money, from: amount, currency: { from: currency }, required: true }
`;

const FILES = {
  'feeds/orders.yaml': sideFeed('orders'),
  'feeds/invoices.yaml': sideFeed('invoices'),
  'feeds/fx_rates.yaml': `
feed: fx_rates
source: bank
format: csv
zone: UTC
files: ["../data/fx_rates*.csv"]
key: [base, quote, day]
date: day
fields:
  base:  { type: reference, from: base, required: true }
  quote: { type: reference, from: quote, required: true }
  day:   { type: date, from: day, format: YYYY-MM-DD, required: true }
  rate:  { type: decimal, from: rate, required: true }
`,
  'reconciliations/orders-vs-invoices.yaml': `
reconciliation: orders-vs-invoices
describes: Orders against invoices in other currencies
domain: finance
zone: UTC
currency: { compare_in: USD, rates: { feed: fx_rates, from: base, into: quote, rate: rate, max_age: 3d } }
expected: { feed: orders, amount: total, date: day }
actual:   { feed: invoices, amount: total, date: day }
find: [{ exact: { name: po, on: [po] } }]
verify: [{ id: rounding, expect: "abs(diff) <= 0.05", then: auto_resolve }]
missing: { actual: { raise: missing_invoice } }
`,
  'data/orders.csv':
    'ref,po,day,amount,currency\nO1,1,2026-10-05,108.34,USD\nO2,2,2026-10-05,108.30,USD\nO3,3,2026-10-20,50.00,USD\nO4,4,2026-10-05,7.00,USD\nO5,5,2026-10-05,70.00,GBP\nO6,6,2026-10-05,120.00,USD\n',
  'data/invoices.csv':
    'ref,po,day,amount,currency\nI1,1,2026-10-05,100.00,EUR\nI2,2,2026-10-05,100.00,EUR\nI3,3,2026-10-20,50.00,EUR\nI4,4,2026-10-05,7.00,CHF\nI5,5,2026-10-05,70.00,GBP\nI6,6,2026-10-05,100.00,EUR\n',
  'data/fx_rates.csv':
    'base,quote,day,rate\nEUR,USD,2026-10-05,1.0834\nUSD,EUR,2026-10-05,0.9230\nEUR,USD,2026-10-01,9\nXAU,USD,2026-10-05,"n/a"\n',
};

const AS_OF = '2026-11-01T00:00:00Z';

describe('orders and invoices in other currencies', () => {
  let placed: PlacedConfig;
  beforeAll(async () => {
    placed = await placeConfig(sql, FILES);
  });
  afterAll(() => placed.remove());

  const exceptions = () =>
    inWorkspace(
      sql,
      placed.workspaceId,
      (tx) => tx`
        select order_ref, type, reason, status, expected_minor::text as expected, actual_minor::text as actual, currency,
               (select string_agg(coalesce(f ->> 'actual', f ->> 'expected'), '; ')
                from jsonb_array_elements(findings) f where f ->> 'field' = 'rate') as how
        from exception where status <> 'cleared' order by order_ref`,
    );

  it('compare by the rate of the day, and refuse to where there is none or only an old one', async () => {
    const { run, deliveries } = await placed.night(AS_OF);

    expect(deliveries.find(({ feed }) => feed === 'fx_rates')).toMatchObject({
      rowsNew: 3,
      reasons: { decimal_malformed: 1 },
    });
    expect(run.live.matches).toEqual({ equal: 2, autoResolved: 1, excepted: 3 });
    expect(await exceptions()).toEqual([
      {
        order_ref: '3',
        type: 'currency_differs',
        reason: 'RATE_TOO_OLD',
        status: 'open',
        expected: null,
        actual: null,
        currency: 'EUR',
        how: '€50.00: the newest rate from EUR to USD before 2026-10-20 is of 2026-10-05; at most 3d old is allowed',
      },
      {
        order_ref: '4',
        type: 'currency_differs',
        reason: 'RATE_MISSING',
        status: 'open',
        expected: null,
        actual: null,
        currency: 'CHF',
        how: 'CHF\u00a07.00: no rate from CHF to USD on 2026-10-05 or before',
      },
      {
        order_ref: '6',
        type: 'amount_differs',
        reason: 'UNEXPLAINED_DIFFERENCE',
        status: 'open',
        expected: '12000',
        actual: '10834',
        currency: 'USD',
        how: '€100.00 at 1.0834 of 2026-10-05 is $108.34',
      },
    ]);
  });

  it('come to the same again: nothing is written', async () => {
    expect((await placed.night(AS_OF)).run.status).toBe('unchanged');
  });

  it('are decided anew when a rate comes or is corrected', async () => {
    placed.write(
      'data/fx_rates_late.csv',
      'base,quote,day,rate\nCHF,USD,2026-10-04,1.00\nEUR,USD,2026-10-05,1.2\n',
    );

    const { run } = await placed.night(AS_OF);

    expect(run.status).toBe('applied');
    expect(await exceptions()).toMatchObject([
      {
        order_ref: '1',
        type: 'amount_differs',
        actual: '12000',
        how: '€100.00 at 1.2 of 2026-10-05 is $120.00',
      },
      { order_ref: '2', type: 'amount_differs' },
      { order_ref: '3', reason: 'RATE_TOO_OLD' },
    ]);
    expect((await placed.night(AS_OF)).run.status).toBe('unchanged');
  });

  it('say which rate is the newest once more came, although it is too old as well', async () => {
    placed.write('data/fx_rates_later.csv', 'base,quote,day,rate\nEUR,USD,2026-10-12,1.1\n');

    await placed.night(AS_OF);

    expect(await exceptions()).toMatchObject([
      { order_ref: '1' },
      { order_ref: '2' },
      {
        order_ref: '3',
        reason: 'RATE_TOO_OLD',
        how: '€50.00: the newest rate from EUR to USD before 2026-10-20 is of 2026-10-12; at most 3d old is allowed',
      },
    ]);
    expect((await placed.night(AS_OF)).run.status).toBe('unchanged');
  });
});
