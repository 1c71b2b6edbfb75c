import { afterAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import { gzipBombs, type Hostile, hostileFiles, missingReason } from './hostile-inputs.ts';
import { CREDITS, ORDERS, workspace } from './setup.ts';

const database = await testDatabase();
const opened: { end: () => Promise<void> }[] = [];
afterAll(async () => {
  await Promise.all(opened.map((sql) => sql.end()));
});

async function delivered(bytes: Buffer, name: string, contract = ORDERS) {
  const place = await workspace(database, name);
  opened.push(place.sql);
  const report = await place.deliver(bytes, contract);
  return { report, records: await place.records(), trail: await place.trail() };
}

/** What the trail has of what each case wants on it. */
const AUDITED: Readonly<Record<string, string>> = {
  'ingest.file_rejected': 'delivery.quarantined',
  'ingest.schema_drift': 'delivery.accepted',
  'ingest.volume_hold': 'delivery.held',
  'record.superseded': 'delivery.accepted',
  'exception.opened': 'delivery.accepted',
};
const auditedAs = (audit: string | null): string =>
  audit === null ? 'delivery.' : (AUDITED[audit] ?? audit);

const expecting = (...outcomes: string[]): readonly Hostile[] =>
  hostileFiles().filter(({ outcome }) => outcomes.includes(outcome));

describe.skipIf(missingReason)(`hostile files${missingReason ? ` (skipped: ${missingReason})` : ''}`, () => {
  it.each(expecting('quarantine_file'))('$id is quarantined whole: $note', async ({ id, bytes, audit }) => {
    const { report, records, trail } = await delivered(bytes, id);
    expect(trail).toEqual([expect.stringContaining(auditedAs(audit))]);
    expect(report).toMatchObject({ status: 'quarantined', rowsRead: 0 });
    expect(records).toEqual([]);
  });

  it.each(expecting('quarantine_row'))('$id has its row quarantined: $note', async ({ id, bytes, audit }) => {
    const { report, records, trail } = await delivered(bytes, id);
    expect(trail).toEqual([expect.stringContaining(auditedAs(audit))]);
    expect(report).toMatchObject({ rowsRead: 1, rowsQuarantined: 1 });
    expect(records).toEqual([]);
  });

  it.each(expecting('accept', 'accept_inert'))('$id is accepted: $note', async ({ id, bytes, audit }) => {
    const { report, records, trail } = await delivered(bytes, id);
    expect(trail).toEqual([expect.stringContaining(auditedAs(audit))]);
    expect(report).toMatchObject({ status: 'accepted', rowsQuarantined: 0, rowsNew: 1 });
    expect(records).toHaveLength(1);
  });
});

describe('a memo', () => {
  it.each([
    ['\t=1+1'],
    ['\n=1'],
    ['<!here|x>'],
    ['\u202eDSU 00.01\u202c'],
    ['line1\r\nlevel=error msg=forged'],
    ['\u001b[31mred'],
    ['back\\slash\\N and \\x41'],
    ['{"a":"\u2028"}'],
  ])('is kept exactly as delivered: %j', async (memo) => {
    const text = `order_id,amount,currency,order_date,memo\n1,1.00,USD,2026-01-01,"${memo.replaceAll('"', '""')}"\n`;
    const { records } = await delivered(Buffer.from(text), `memo ${memo}`);
    expect(records).toMatchObject([{ memo }]);
  });
});

it.each(gzipBombs())('a gzip bomb of %s is refused', async (name, bytes) => {
  const { report, records } = await delivered(bytes, `bomb of ${name}`, CREDITS);
  expect(report).toMatchObject({ status: 'quarantined', rowsRead: 0 });
  expect(report.problem).toMatch(/longer than 1048576 bytes|more than 200 times its size/);
  expect(records).toEqual([]);
});
