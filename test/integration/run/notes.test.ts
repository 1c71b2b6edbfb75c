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
checks: off
fields:
  ref:    { type: reference, from: ref, required: true }
  po:     { type: reference, from: po }
  client: { type: text, from: client }
  day:    { type: date, from: day, format: YYYY-MM-DD, required: true }
  total:  { type: money, from: amount, currency: USD, required: true }
`;

const FILES = {
  'feeds/orders.yaml': sideFeed('orders'),
  'feeds/invoices.yaml': sideFeed('invoices'),
  'reconciliations/orders-vs-invoices.yaml': `
reconciliation: orders-vs-invoices
describes: Orders against the invoices that add up to them
domain: finance
zone: UTC
currency: { compare_in: USD }
expected: { feed: orders, amount: total, date: day }
actual:   { feed: invoices, amount: total, date: day }
find:
  - exact: { name: po, on: [po] }
  - combine: { name: sums, within: [client], max_items: 3 }
missing: { actual: { raise: missing_invoice } }
`,
  'data/orders.csv': 'ref,po,client,day,amount\nO1,,Alder,2026-10-01,5.00\n',
  'data/invoices.csv': 'ref,po,client,day,amount\nI1,,Alder,2026-10-02,3.00\n',
};

const AS_OF = '2026-11-01T00:00:00Z';

describe('what a pass says of a record that it left', () => {
  let placed: PlacedConfig;
  beforeAll(async () => {
    placed = await placeConfig(sql, FILES);
  });
  afterAll(() => placed.remove());

  const notes = () =>
    inWorkspace(sql, placed.workspaceId, async (tx) => {
      const rows = await tx<{ note: string | null; version: number }[]>`
        select findings -> 1 ->> 'actual' as note, version from exception where status <> 'cleared'`;
      return rows.map(({ note, version }) => `${version}: ${note}`);
    });
  const nights = async () => {
    await placed.night(AS_OF);
    expect((await placed.night(AS_OF)).run.status).toBe('unchanged');
    return await notes();
  };

  it('stands with its exception as of the latest run, whether or not the record changed', async () => {
    expect(await nights()).toEqual(['1: null']);

    placed.write(
      'data/invoices_2.csv',
      'ref,po,client,day,amount\nI2,,Alder,2026-10-02,5.00\nI3,,Alder,2026-10-03,2.00\n',
    );
    expect(await nights()).toEqual(['2: more than one set: I1 + I3, or I2']);

    placed.write('data/orders_2.csv', 'ref,po,client,day,amount\nO2,9,Birch,2026-10-01,8.00\n');
    placed.write('data/invoices_3.csv', 'ref,po,client,day,amount\nI9,9,Birch,2026-10-02,8.00\n');
    expect(await nights()).toEqual(['2: more than one set: I1 + I3, or I2']);

    placed.write(
      'data/invoices_4.csv',
      'ref,po,client,day,amount\nI2,,Alder,2026-10-02,9.00\nI3,,Alder,2026-10-03,9.00\n',
    );
    expect(await nights()).toEqual(['3: null']);
  });
});
