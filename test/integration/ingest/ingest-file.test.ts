import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '../../../src/db/tx.ts';
import { ingestFile } from '../../../src/pipeline/ingest/ingest-file.ts';
import { testDatabase } from '../../support/database.ts';
import { CREDITS, LINES, ORDERS, REVISED, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
const HEADER = 'order_id,amount,currency,order_date,memo\n';
const REVISED_HEADER = 'order_id,amount,currency,order_date,memo,revision\n';

let place: Workspace;
let count = 0;

beforeEach(async () => {
  count += 1;
  place = await workspace(database, `ingest ${count}`);
});
const opened: Workspace[] = [];
beforeEach(() => {
  opened.push(place);
});
afterAll(async () => {
  await Promise.all(opened.map(({ sql }) => sql.end()));
});

const row = (id: string, amount: string, memo = ''): string => `${id},${amount},USD,2026-01-05,${memo}\n`;

describe('a delivery', () => {
  it('becomes records and reports every row and the control total', async () => {
    const report = await place.deliver(
      `${HEADER}${row('A-1', '10.00')}${row('A-2', '2.50', 'x')}${row('A-3', 'ten')}`,
    );
    expect(report).toMatchObject({
      status: 'accepted',
      rowsRead: 3,
      rowsNew: 2,
      rowsQuarantined: 1,
      reasons: { amount_malformed: 1 },
      amounts: { USD: '1250' },
    });
    expect(await place.records()).toEqual([
      { sourceRef: 'A-1', version: 1, amount: '1000', memo: null },
      { sourceRef: 'A-2', version: 1, amount: '250', memo: 'x' },
    ]);
  });

  it('delivered again writes nothing', async () => {
    const bytes = `${HEADER}${row('A-1', '10.00')}`;
    const first = await place.deliver(bytes);
    const second = await place.deliver(bytes);
    expect(second).toMatchObject({ status: 'already_delivered', deliveryId: first.deliveryId, rowsRead: 0 });
    expect(second.earlier).toMatchObject({ status: 'accepted' });
    const events = await inWorkspace(
      place.sql,
      place.workspaceId,
      (tx) => tx`
      select from audit_event where action like 'delivery.%'`,
    );
    expect(events).toHaveLength(1);
  });

  it('with a changed row makes a new version and keeps the old one', async () => {
    await place.deliver(`${HEADER}${row('A-1', '10.00')}${row('A-2', '1.00')}`);
    const report = await place.deliver(`${HEADER}${row('A-1', '12.00')}${row('A-2', '1.00')}`);
    expect(report).toMatchObject({ rowsNew: 0, rowsChanged: 1, rowsUnchanged: 1 });
    expect(await place.records()).toMatchObject([
      { sourceRef: 'A-1', version: 2, amount: '1200' },
      { sourceRef: 'A-2', version: 1, amount: '100' },
    ]);
    const history = await inWorkspace(
      place.sql,
      place.workspaceId,
      (tx) => tx`
      select version, amount_minor::text as amount from record_version`,
    );
    expect([...history]).toEqual([{ version: 1, amount: '1000' }]);
  });

  it('counts a repeated row as unchanged, and its amount once', async () => {
    const report = await place.deliver(`${HEADER}${row('A-1', '10.00')}${row('A-1', '10.00')}`);
    expect(report).toMatchObject({ rowsRead: 2, rowsNew: 1, rowsUnchanged: 1, rowsQuarantined: 0 });
    expect(report.amounts).toEqual({ USD: '1000' });
    expect(await place.records()).toMatchObject([{ sourceRef: 'A-1', amount: '1000', version: 1 }]);
  });

  it('skips rows that belong to another feed', async () => {
    const report = await place.deliver(
      `${HEADER}${row('A-1', '1.00', 'credit note')}${row('A-2', 'x', 'charge')}`,
      CREDITS,
    );
    expect(report).toMatchObject({ status: 'accepted', rowsRead: 2, rowsNew: 1, rowsSkipped: 1 });
  });

  it('keeps the bytes, line and field of each refused row', async () => {
    await place.deliver(`${HEADER}${row('A-1', '1.00')}A-2,"1,5",USD,2026-01-05,é\n`);
    const rows = await inWorkspace(
      place.sql,
      place.workspaceId,
      (tx) => tx`
      select line, reason, field, convert_from(raw, 'UTF8') as raw from quarantined_row`,
    );
    expect([...rows]).toEqual([
      { line: 3, reason: 'amount_malformed', field: 'amount', raw: 'A-2,"1,5",USD,2026-01-05,é' },
    ]);
  });

  it('of which no row can be read is quarantined whole, with its rows', async () => {
    const report = await place.deliver(`${HEADER}${row('A-1', 'x')}${row('A-2', 'y')}`);
    expect(report).toMatchObject({ status: 'quarantined', rowsQuarantined: 2, rowsNew: 0 });
    expect(report.problem).toContain('none of the 2 rows keeps the contract (amount_malformed 2)');
  });

  it('refused whole stays refused when it comes again', async () => {
    await place.deliver('');
    const again = await place.deliver('');
    expect(again).toMatchObject({
      status: 'already_delivered',
      problem: expect.stringContaining('empty'),
      earlier: { status: 'quarantined' },
    });
  });
});

describe('revisions', () => {
  const delivery = (revision: number, amount: string): string =>
    `${REVISED_HEADER}A-1,${amount},USD,2026-01-05,,${revision}\n`;

  it.each([{ order: [9, 10, 11] }, { order: [11, 10, 9] }, { order: [10, 11, 9] }])(
    'leave the newest on record when they come as $order',
    async ({ order }) => {
      for (const revision of order) await place.deliver(delivery(revision, `${revision}.00`), REVISED);
      expect(await place.records(REVISED)).toMatchObject([{ sourceRef: 'A-1', amount: '1100' }]);
    },
  );
});

describe('JSON lines', () => {
  it('keep every digit of a number and quarantine what is no object', async () => {
    const good =
      '{"order_id":"A-1","amount":1234567890123.45,"currency":"USD","order_date":"2026-01-05","memo":null}\n';
    const report = await place.deliver(`${good}[1]\n{"order_id":\n{"a":1,"a":2}\n\n`, LINES);
    expect(report).toMatchObject({
      rowsRead: 4,
      rowsNew: 1,
      reasons: { not_an_object: 1, not_json: 1, duplicate_key: 1 },
      amounts: { USD: '123456789012345' },
    });
  });

  it('quarantine a line that is not UTF-8, and only it', async () => {
    const good = '{"order_id":"A-1","amount":"1.00","currency":"USD","order_date":"2026-01-05"}\n';
    const report = await place.deliver(
      Buffer.concat([Buffer.from(good), Buffer.from([0x7b, 0xff, 0x7d, 0x0a])]),
      LINES,
    );
    expect(report).toMatchObject({ status: 'accepted', rowsNew: 1, reasons: { not_utf8: 1 } });
  });

  it('that break off are half a file', async () => {
    const report = await place.deliver('{"order_id":"A-1","amount":"1.00"', LINES);
    expect(report).toMatchObject({ status: 'quarantined', problem: expect.stringContaining('half a file') });
  });
});

describe('ingestFile', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tieout-test-'));
  });
  const ingest = (path: string) =>
    ingestFile(place.sql, { workspaceId: place.workspaceId, contract: ORDERS, from: { path } });

  it('refuses a folder, a device, a pipe and a missing file', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await expect(ingest(folder)).rejects.toMatchObject({ code: 'file_not_regular' });
    await expect(ingest('/dev/zero')).rejects.toMatchObject({ code: 'file_not_regular' });
    await expect(ingest(join(folder, 'pipe'))).rejects.toMatchObject({ code: 'file_not_regular' });
    await expect(ingest(join(folder, 'nothing.csv'))).rejects.toMatchObject({ code: 'file_missing' });
  });

  it('names the delivery after its file', async () => {
    const path = join(folder, 'orders.csv');
    writeFileSync(path, `${HEADER}${row('A-1', '1.00')}`);
    await expect(ingest(path)).resolves.toMatchObject({ name: 'orders.csv', rowsNew: 1 });
  });

  it('refuses a contract that is not the one in force', async () => {
    const path = join(folder, 'other.csv');
    writeFileSync(path, `${HEADER}${row('A-1', '1.00')}`);
    const contract = { ...ORDERS, sha256: '2'.repeat(64) };
    const request = { workspaceId: place.workspaceId, contract, from: { path } };
    await expect(ingestFile(place.sql, request)).rejects.toMatchObject({ code: 'contract_not_applied' });
  });

  it('takes two deliveries of one feed at the same time one after the other', async () => {
    const [a, b] = await Promise.all([
      place.deliver(`${HEADER}${row('A-1', '1.00')}`),
      place.deliver(`${HEADER}${row('A-1', '2.00')}`),
    ]);
    expect([a?.rowsNew, b?.rowsNew].sort()).toEqual([0, 1]);
    expect(await place.records()).toMatchObject([{ sourceRef: 'A-1', version: 2 }]);
  });
});
