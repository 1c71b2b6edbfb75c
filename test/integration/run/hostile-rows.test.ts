import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import type { ReconcileReport } from '../../../src/pipeline/reconcile.ts';
import { type PlacedConfig, placeConfig } from '../../support/config-folder.ts';
import { testDatabase } from '../../support/database.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const feed = (name: string): string => `
feed: ${name}
source: test
format: csv
zone: UTC
files: ["../data/${name}.csv"]
key: [ref]
amount: total
date: day
client: client
fields:
  ref:    { type: reference, from: ref, required: true }
  po:     { type: text, from: po }
  client: { type: text, from: client }
  memo:   { type: text, from: memo, max_length: 20000 }
  day:    { type: date, from: day, format: YYYY-MM-DD, required: true }
  total:  { type: money, from: amount, currency: { from: currency }, parentheses: true, required: true }
`;

const SPEC = `
reconciliation: orders-vs-invoices
describes: Everything that a source can throw at it
domain: finance
zone: UTC
currency: { compare_in: USD }
expected: { feed: orders, amount: total, date: day }
actual:   { feed: invoices, amount: total, date: day }
find:
  - exact:   { name: po, on: [po], cardinality: many-to-many }
  - similar: { name: memo, within: [client], block: ["amount ±10%", "date -5..5d"], compare: { memo: text, amount: money, date: lag } }
  - combine: { name: bundle, within: [client], max_items: 3, pool: 8 }
verify: [{ id: rounding, expect: "abs(diff) <= 1% of expected", then: auto_resolve }]
missing: { actual: { raise: missing_invoice }, expected: { raise: unordered_charge } }
`;

const LONG = `${'20 kB 💸 '.repeat(1_999)}end`;
const RTL = 'عميل مهم ‏(שלום)';
const EMOJI = '👩‍👩‍👧‍👦🏳️‍🌈';
/** The largest amount that is kept, in cents. */
const LARGEST = '99999999999999.99';

type Row = readonly [
  ref: string,
  po: string,
  amount: string,
  currency: string,
  memo: string,
  client?: string,
];

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csv = (rows: readonly Row[]): string =>
  ['ref,po,client,memo,day,amount,currency']
    .concat(
      rows.map(([ref, po, amount, currency, memo, client = 'Acme']) =>
        [ref, po, client, memo, '2026-10-05', amount, currency].map(quoted).join(','),
      ),
    )
    .join('\n')
    .concat('\n');

/** Each breaks one thing; none of them may become a record, and none may take another row with it. */
const BROKEN: readonly Row[] = [
  ['B1', 'b', 'NaN', 'USD', ''],
  ['B2', 'b', 'Infinity', 'USD', ''],
  ['B3', 'b', '-Infinity', 'USD', ''],
  ['B4', 'b', '123456789012345678901234567890.12', 'USD', ''],
  ['B5', 'b', '1e308', 'USD', ''],
  ['B6', 'b', '', 'USD', ''],
  ['B7', 'b', '10.00', 'ZZZ', ''],
  ['B8', 'b', '10.001', 'USD', ''],
  ['B9', 'b', '0x10', 'USD', ''],
  ['B10', 'b', '١٢٫٥٠', 'USD', ''],
  ['B11', 'b', '10.00', 'USD', `${LONG}${LONG}`],
  ['B12', 'b', '--5.00', 'USD', ''],
];

const ORDERS: readonly Row[] = [
  ['O1', 'zero', '-0.00', 'USD', 'negative zero'],
  ['O2', 'large', LARGEST, 'USD', 'as large as it gets'],
  ['O3', EMOJI, '10.00', 'USD', EMOJI],
  ['O4', RTL, '20.00', 'USD', RTL],
  ['O5', '', '1437.23', 'USD', LONG],
  ['O6', 'mixed', '30.00', 'USD', ''],
  ['O7', "'; drop table record; --", '40.00', 'USD', '=HYPERLINK("http://x")'],
  ['O8', ' ', '55.55', 'USD', '\u00a0'],
  ['O9', 'yen', '100', 'JPY', 'no cents'],
  ['O10', 'dinar', '1.234', 'BHD', 'three places'],
  ...BROKEN,
];

const INVOICES: readonly Row[] = [
  ['I1', 'zero', '0', 'USD', 'zero'],
  ['I2', 'large', LARGEST, 'USD', 'as large as it gets'],
  ['I3', EMOJI, '10.00', 'USD', EMOJI],
  ['I4', RTL, '(20.00)', 'USD', RTL],
  ['I5', '', '1437.23', 'USD', LONG],
  ['I6', 'mixed', '30.00', 'EUR', ''],
  ['I7', "'; drop table record; --", '40.01', 'USD', ''],
  ['I9', 'yen', '100', 'JPY', 'no cents'],
  ['I10', 'dinar', '1.234', 'BHD', 'three places'],
];

describe('a run over hostile rows', () => {
  let placed: PlacedConfig;
  let report: ReconcileReport;
  beforeAll(async () => {
    placed = await placeConfig(sql, {
      'feeds/orders.yaml': feed('orders'),
      'feeds/invoices.yaml': feed('invoices'),
      'reconciliations/orders-vs-invoices.yaml': SPEC,
      'data/orders.csv': csv(ORDERS),
      'data/invoices.csv': csv(INVOICES),
    });
    report = await placed.night('2026-11-01T00:00:00Z');
  });
  afterAll(() => placed.remove());

  const read = <T extends object>(
    query: (tx: Parameters<Parameters<typeof inWorkspace>[2]>[0]) => Promise<T[]>,
  ) => inWorkspace(sql, placed.workspaceId, query);

  it('keeps out each row that is none, with its reason and its bytes, and takes every other', async () => {
    expect(
      report.deliveries.map(({ feed: key, rowsNew, rowsQuarantined }) => [key, rowsNew, rowsQuarantined]),
    ).toEqual([
      ['orders', ORDERS.length - BROKEN.length, BROKEN.length],
      ['invoices', INVOICES.length, 0],
    ]);
    const rows = await read(
      (tx) => tx<{ reason: string; raw: string }[]>`
        select reason, convert_from(raw, 'UTF8') as raw from quarantined_row order by line`,
    );
    expect(rows.map(({ raw }) => raw.trimEnd())).toEqual(BROKEN.map((row) => csv([row]).split('\n')[1]));
    expect(rows.map(({ reason }) => reason)).toEqual([
      ...[
        'amount_malformed',
        'amount_malformed',
        'amount_malformed',
        'amount_out_of_range',
        'amount_malformed',
      ],
      ...['amount_empty', 'currency_unknown', 'amount_too_precise', 'amount_malformed', 'amount_malformed'],
      ...['text_too_long', 'amount_malformed'],
    ]);
  });

  it('keeps money exact and texts whole', async () => {
    const rows = await read(
      (tx) => tx<{ ref: string; minor: string; memo: string }[]>`
        select source_ref as ref, amount_minor::text as minor, fields::json ->> 'memo' as memo from record
        where source_ref in ('O1', 'O2', 'O3', 'O4', 'O5', 'O10', 'I4')`,
    );
    const of = Object.fromEntries(rows.map(({ ref, minor, memo }) => [ref, { minor, memo }]));
    expect(of).toMatchObject({
      O1: { minor: '0' },
      O2: { minor: '9999999999999999' },
      O3: { memo: EMOJI },
      O4: { minor: '2000', memo: RTL },
      O5: { memo: LONG },
      O10: { minor: '1234' },
      I4: { minor: '-2000' },
    });
  });

  it('pairs what belongs together, and raises exactly what differs', async () => {
    const matches = await read(
      (tx) => tx<{ refs: string; outcome: string }[]>`
        select string_agg(r.source_ref, ' ' order by r.source_ref collate "C" desc) as refs, m.outcome
        from match m join match_member mm using (workspace_id, match_id) join record r using (workspace_id, record_id)
        where m.is_live group by m.match_id, m.outcome `,
    );
    expect(matches.map(({ refs, outcome }) => `${refs} ${outcome}`).sort()).toEqual([
      'O1 I1 equal',
      'O10 I10 equal',
      'O2 I2 equal',
      'O3 I3 equal',
      'O4 I4 excepted',
      'O5 I5 equal',
      'O6 I6 excepted',
      'O7 I7 auto_resolved',
      'O9 I9 equal',
    ]);
    const exceptions = await read(
      (tx) => tx<{ text: string }[]>`
        select concat_ws(' ', type, reason, at_stake_minor, currency) as text from exception`,
    );
    expect(exceptions.map(({ text }) => text).sort()).toEqual([
      'amount_differs UNEXPLAINED_DIFFERENCE 4000 USD',
      'currency_differs CURRENCY_DIFFERS 3000 EUR',
      'missing_invoice NOTHING_ON_ACTUAL_SIDE 5555 USD',
    ]);
  });

  it('comes to the same again', async () => {
    expect((await placed.night('2026-11-01T00:00:00Z')).run.status).toBe('unchanged');
  });
});
