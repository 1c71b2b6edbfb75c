import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import { LINES, ORDERS, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
/** The amount stands last, where a cut can leave a readable one. */
const HEADER = 'order_id,order_date,currency,amount\n';
const MEMO_LESS = { ...ORDERS, fields: ORDERS.fields.filter(({ name }) => name !== 'memo') };
const OPTIONAL = { ...MEMO_LESS, finalLineEnd: 'optional' as const };
const FIRST = 'A-1,2026-01-05,USD,1.00\n';

let place: Workspace;
let count = 0;
const opened: Workspace[] = [];
beforeEach(async () => {
  count += 1;
  place = await workspace(database, `last row ${count}`);
  opened.push(place);
});
afterAll(async () => {
  await Promise.all(opened.map(({ sql }) => sql.end()));
});

describe('a last row without a line end', () => {
  it('is quarantined alone, though it has every column', async () => {
    const report = await place.deliver(`${HEADER}${FIRST}A-2,2026-01-05,USD,43`, MEMO_LESS);
    expect(report).toMatchObject({
      status: 'accepted',
      rowsRead: 2,
      rowsNew: 1,
      rowsQuarantined: 1,
      reasons: { row_unterminated: 1 },
      amounts: { USD: '100' },
    });
  });

  it.each(['\r\n', '\r'])('is quarantined in a file whose lines end in %j too', async (end) => {
    const text = `${HEADER}${FIRST}A-2,2026-01-05,USD,43`.replaceAll('\n', end);
    expect(await place.deliver(text, MEMO_LESS)).toMatchObject({ reasons: { row_unterminated: 1 } });
  });

  it('is quarantined when its last cell is quoted', async () => {
    const report = await place.deliver(`${HEADER}${FIRST}A-2,2026-01-05,USD,"43"`, MEMO_LESS);
    expect(report).toMatchObject({ reasons: { row_unterminated: 1 } });
  });

  it('that is the only row has the file quarantined, and says why', async () => {
    const report = await place.deliver(`${HEADER}A-2,2026-01-05,USD,43`, MEMO_LESS);
    expect(report).toMatchObject({
      status: 'quarantined',
      problem: expect.stringContaining('line 2: row_unterminated'),
    });
    expect(report.problem).toContain('`final_line_end: optional`');
  });

  it('is accepted where the contract says that line end is optional', async () => {
    const report = await place.deliver(`${HEADER}${FIRST}A-2,2026-01-05,USD,43.00`, OPTIONAL);
    expect(report).toMatchObject({ status: 'accepted', rowsNew: 2, amounts: { USD: '4400' } });
  });

  it.each([MEMO_LESS, OPTIONAL])('and with too few columns is half a file', async (contract) => {
    const report = await place.deliver(`${HEADER}${FIRST}A-2,2026-01-05,U`, contract);
    expect(report).toMatchObject({ status: 'quarantined', problem: expect.stringContaining('line 3') });
  });
});

describe('a last JSON line without a line end', () => {
  const line = '{"order_id":"A-1","amount":"1.00","currency":"USD","order_date":"2026-01-05"}';

  it('is accepted when it is a whole object', async () => {
    const report = await place.deliver(`${line}\n${line.replace('A-1', 'A-2')}`, LINES);
    expect(report).toMatchObject({ status: 'accepted', rowsNew: 2, rowsQuarantined: 0 });
  });

  it('has the file quarantined when it breaks off, naming the line', async () => {
    const report = await place.deliver(`${line}\n${line.slice(0, -4)}`, LINES);
    expect(report).toMatchObject({ status: 'quarantined', problem: expect.stringContaining('line 2') });
  });
});

it.each([
  ['half a character', '{"\\ud800":1,"\\ud800":2}\n', LINES],
  ['a character that is cut in two', `order_id,amount,currency,order_date,${'x'.repeat(59)}😀\n`, ORDERS],
  ['a NUL in the header', 'order_id,amount,currency,order_date,a\u0000b\n', ORDERS],
])('a file refused in words that hold %s is kept with its problem', async (_what, text, contract) => {
  expect(await place.deliver(text, contract)).toMatchObject({ status: 'quarantined' });
});

it('takes a column whose name holds a NUL, and warns of it', async () => {
  const text = 'order_id,amount,currency,order_date,memo,a\u0000b\nA-1,1.00,USD,2026-01-05,,\n';
  const report = await place.deliver(text);
  expect(report).toMatchObject({ rowsNew: 1, warnings: [expect.stringContaining('a␀b')] });
});

it('JSON lines of which none can be read are quarantined naming the first line', async () => {
  const report = await place.deliver('\n[1]\n{"a":1}\n', LINES);
  expect(report).toMatchObject({
    status: 'quarantined',
    problem: expect.stringContaining('the first is line 2: not_an_object'),
  });
});
