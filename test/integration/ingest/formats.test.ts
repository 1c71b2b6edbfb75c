import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '../../../src/db/tx.ts';
import { testDatabase } from '../../support/database.ts';
import { ORDERS, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
const HEADER = 'order_id,amount,currency,order_date,memo\n';
const row = (id: string, amount = '1.00', memo = ''): string => `${id},${amount},USD,2026-01-05,${memo}\n`;

let place: Workspace;
let count = 0;
const opened: Workspace[] = [];
beforeEach(async () => {
  count += 1;
  place = await workspace(database, `formats ${count}`);
  opened.push(place);
});
afterAll(async () => {
  await Promise.all(opened.map(({ sql }) => sql.end()));
});

const rawRows = () =>
  inWorkspace(place.sql, place.workspaceId, async (tx) => [
    ...(await tx`
      select line, reason, convert_from(raw, 'UTF8') as raw from quarantined_row order by delivery_id, line`),
  ]);

describe('a file packed with gzip', () => {
  const text = HEADER + Array.from({ length: 500 }, (_, at) => row(`A-${at}`)).join('');

  it('is read as what is inside, also of several members', async () => {
    const packed = Buffer.concat([gzipSync(text), gzipSync(row('B-1'))]);
    expect(await place.deliver(packed)).toMatchObject({ status: 'accepted', rowsNew: 501 });
  });

  it('keeps the bytes of a row that loses', async () => {
    const report = await place.deliver(gzipSync(text + row('A-0', '9.00')));
    expect(report).toMatchObject({ rowsNew: 500, reasons: { duplicate_key: 1 } });
    expect(await rawRows()).toMatchObject([{ line: 2, raw: row('A-0').trim() }]);
  });

  it.each([20, 200])('that lacks its last %i bytes is refused whole', async (missing) => {
    const packed = gzipSync(text);
    const report = await place.deliver(packed.subarray(0, packed.length - missing));
    expect(report).toMatchObject({
      status: 'quarantined',
      rowsNew: 0,
      problem: expect.stringContaining('half a file'),
    });
    expect(await place.records()).toEqual([]);
  });

  it('that is damaged is refused whole', async () => {
    const packed = gzipSync(text);
    packed[packed.length - 6] = (packed[packed.length - 6] ?? 0) ^ 0xff;
    expect(await place.deliver(packed)).toMatchObject({
      status: 'quarantined',
      problem: expect.stringContaining('damaged'),
    });
  });

  it('may be larger than usual when the feed says so, and no more', async () => {
    const limits = { bytes: 8_000, ratio: 200 };
    expect(await place.deliver(gzipSync(text), { ...ORDERS, limits })).toMatchObject({
      status: 'quarantined',
      problem: expect.stringContaining('more than 8000 bytes unpacked'),
    });
  });
});

describe('the encoding of a file', () => {
  const latin = Buffer.from(HEADER + row('A-1', '1.00', 'Zoë & Söhne'), 'latin1');

  it('is read as declared', async () => {
    await place.deliver(latin, { ...ORDERS, encoding: 'windows-1252' });
    expect(await place.records()).toMatchObject([{ memo: 'Zoë & Söhne' }]);
  });

  it('is never guessed: the refusal shows how it would read', async () => {
    const report = await place.deliver(latin);
    expect(report).toMatchObject({ status: 'quarantined', problem: expect.stringContaining('Zoë & Söhne') });
    expect(report.problem).toContain('line 2');
  });

  it('is refused when it was declared wrongly, though every byte could be read', async () => {
    const utf8 = HEADER + row('A-1', '1.00', 'Zoë & Söhne');
    const report = await place.deliver(utf8, { ...ORDERS, encoding: 'windows-1252' });
    expect(report).toMatchObject({ status: 'quarantined', problem: expect.stringContaining('it is UTF-8') });
    expect(await place.records()).toEqual([]);
  });

  it('is UTF-16 when its byte order mark says so, and the report tells', async () => {
    const wide = Buffer.from(`\uFEFF${HEADER}${row('A-1', '1.00', 'Zoë')}${row('A-1', '2.00')}`, 'utf16le');
    const report = await place.deliver(wide);
    expect(report).toMatchObject({ rowsNew: 1, warnings: [expect.stringContaining('utf-16le')] });
    expect(await rawRows()).toMatchObject([{ raw: 'A-1,1.00,USD,2026-01-05,Zoë' }]);
  });
});

describe('columns', () => {
  it('are found by a detected delimiter, which the report tells', async () => {
    const text = (HEADER + row('A-1')).replaceAll(',', ';');
    const report = await place.deliver(text, { ...ORDERS, delimiter: 'detect' });
    expect(report).toMatchObject({ rowsNew: 1, warnings: [expect.stringContaining('";"')] });
  });

  it('are those the feed declares when the file has no heading', async () => {
    const header = HEADER.trim().split(',');
    expect(await place.deliver(row('A-1') + row('A-2'), { ...ORDERS, header })).toMatchObject({ rowsNew: 2 });
    expect(await place.deliver(`${row('A-3').trim()},x\n`, { ...ORDERS, header })).toMatchObject({
      reasons: { row_long: 1 },
    });
  });
});

describe('a JSON document', () => {
  const order = (id: string, amount: unknown) => ({
    order_id: id,
    amount,
    currency: 'USD',
    order_date: '2026-01-05',
  });
  const contract = { ...ORDERS, format: 'json', rows: ['data', 'orders'] } as const;

  it('gives the items of the list that the feed names', async () => {
    const document = {
      next: null,
      data: { orders: [order('A-1', '1.00'), order('A-2', 7), 'x', order('A-3', [1])] },
    };
    const report = await place.deliver(JSON.stringify(document), contract);
    expect(report).toMatchObject({
      rowsRead: 4,
      rowsNew: 2,
      reasons: { not_an_object: 1, amount_malformed: 1 },
    });
    expect(await rawRows()).toMatchObject([
      { line: 3, raw: '"x"' },
      { line: 4, reason: 'amount_malformed' },
    ]);
  });

  it('without that list says which lists it has', async () => {
    const report = await place.deliver(JSON.stringify({ orders: [order('A-1', 1)] }), contract);
    expect(report).toMatchObject({
      status: 'quarantined',
      problem: expect.stringContaining('it has lists at "orders"'),
    });
  });

  it('that breaks off is refused whole', async () => {
    const document = JSON.stringify({ data: { orders: [order('A-1', 1), order('A-2', 2)] } });
    expect(await place.deliver(document.slice(0, -2), contract)).toMatchObject({
      status: 'quarantined',
      rowsNew: 0,
    });
  });
});
