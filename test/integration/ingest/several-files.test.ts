import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '../../../src/db/tx.ts';
import { ingestFeed } from '../../../src/pipeline/ingest/ingest-feed.ts';
import { ingestFile } from '../../../src/pipeline/ingest/ingest-file.ts';
import { listQuarantine } from '../../../src/pipeline/report/quarantine.sql.ts';
import { testDatabase } from '../../support/database.ts';
import { scratchFolder } from '../../support/scratch.ts';
import { LINES, ORDERS, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
const HEADER = 'order_id,amount,currency,order_date,memo\n';
const row = (id: string, amount = '1.00', memo = ''): string => `${id},${amount},USD,2026-01-05,${memo}\n`;

let place: Workspace;
let folder: string;
let count = 0;
const opened: Workspace[] = [];
beforeEach(async () => {
  count += 1;
  place = await workspace(database, `several ${count}`);
  opened.push(place);
  folder = scratchFolder();
});
afterAll(async () => {
  await Promise.all(opened.map(({ sql }) => sql.end()));
});

type Contract = typeof ORDERS;

const deliver = (files: Readonly<Record<string, string | Buffer>>, contract: Contract = ORDERS) => {
  const paths = Object.entries(files).map(([name, bytes]) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  });
  return ingestFile(place.sql, { workspaceId: place.workspaceId, contract, from: { paths } });
};

const references = async (contract = ORDERS): Promise<readonly string[]> =>
  (await place.records(contract)).map(({ sourceRef }) => sourceRef);

describe('several files', () => {
  it('are one delivery, in the order of their names, whichever of them are packed', async () => {
    const files = {
      'b.csv.gz': gzipSync(`${HEADER}${row('B')}${row('A', '2.00')}`),
      'a.csv': `${HEADER}${row('A')}`,
      'c.csv': `\uFEFF${HEADER}${row('C')}`,
    };
    const report = await deliver(files);
    expect(report).toMatchObject({
      status: 'accepted',
      name: 'a.csv + b.csv.gz + c.csv',
      rowsRead: 4,
      rowsNew: 3,
      reasons: { duplicate_key: 1 },
    });
    expect(await place.records()).toMatchObject([{ sourceRef: 'A', amount: '200' }, {}, {}]);
    expect(
      await deliver({ 'c.csv': files['c.csv'], 'b.csv.gz': files['b.csv.gz'], 'a.csv': files['a.csv'] }),
    ).toMatchObject({
      status: 'already_delivered',
    });
  });

  it('are told apart where a row is quarantined', async () => {
    await deliver({ 'a.csv': `${HEADER}${row('A')}`, 'b.csv': `${HEADER}${row('B')}${row('C', 'x')}` });
    const rows = await inWorkspace(place.sql, place.workspaceId, (tx) =>
      listQuarantine(tx, place.workspaceId, { feed: undefined, limit: 10 }),
    );
    expect(rows).toMatchObject([{ delivery: 'b.csv', line: 3, reason: 'amount_malformed' }]);
  });

  it.each([
    ['is cut', `${HEADER}${row('A')}B,1.0`, 'may be half a file'],
    [
      'has its columns in another order',
      `amount,order_id,currency,order_date,memo\n1.00,B,USD,2026-01-05,\n`,
      'have the same columns',
    ],
    ['is empty', '', 'a.csv: '],
    ['is half a gzip file', gzipSync(`${HEADER}${row('A')}`).subarray(0, 40), 'looks like half a file'],
    ['is no text', Buffer.from([0x50, 0x4b, 3, 4]), 'a.csv: '],
  ])('are all kept out when one of them %s', async (_what, bytes, words) => {
    const report = await deliver({ 'a.csv': bytes, 'b.csv': `${HEADER}${row('C')}` });
    expect(report).toMatchObject({ status: 'quarantined', problem: expect.stringContaining(words) });
    expect(await references()).toEqual([]);
  });

  it('of JSON lines are one delivery too', async () => {
    const line = (id: string) =>
      JSON.stringify({ order_id: id, amount: '1.00', currency: 'USD', order_date: '2026-01-05' });
    const report = await deliver({ 'a.jsonl': line('A'), 'b.jsonl': `${line('B')}\n` }, LINES);
    expect(report).toMatchObject({ status: 'accepted', rowsNew: 2, rowsQuarantined: 0 });
    const cut = await deliver({ 'a.jsonl': line('C').slice(0, 30), 'b.jsonl': `${line('D')}\n` }, LINES);
    expect(cut).toMatchObject({ status: 'quarantined', problem: expect.stringContaining('half a file') });
  });

  it('in one file by hand, heading and all, are read as such', async () => {
    const report = await place.deliver(`${HEADER}${row('A')}${HEADER}${row('B')}`);
    expect(report).toMatchObject({ rowsRead: 2, rowsNew: 2, rowsQuarantined: 0 });
  });
});

describe('files that a feed calls parts of one delivery', () => {
  const parts = (): Contract => ({ ...ORDERS, files: [join(folder, 'in', '*.csv')], isTogether: true });
  const take = (contract: Contract, waits: string[] = []) =>
    ingestFeed(place.sql, {
      workspaceId: place.workspaceId,
      contract,
      watch: {
        read: () => undefined,
        stage: () => undefined,
        absent: () => undefined,
        waits: (path) => waits.push(path),
      },
    });

  it('are taken together, and not before the last of them is complete', async () => {
    mkdirSync(join(folder, 'in'));
    for (const name of ['a', 'b'])
      writeFileSync(join(folder, 'in', `${name}.csv`), `${HEADER}${row(name.toUpperCase())}`);
    const contract = { ...parts(), complete: { quietMs: 3_600_000 } };
    const anHourAgo = Date.now() / 1_000 - 3_700;
    utimesSync(join(folder, 'in', 'a.csv'), anHourAgo, anHourAgo);
    const waits: string[] = [];
    expect(await take(contract, waits)).toEqual([]);
    expect(waits).toEqual([join(folder, 'in', 'b.csv')]);
    utimesSync(join(folder, 'in', 'b.csv'), anHourAgo, anHourAgo);
    expect(await take(contract)).toMatchObject([{ name: 'a.csv + b.csv', rowsNew: 2 }]);
    expect(await take(contract)).toMatchObject([{ status: 'already_delivered' }]);
  });
});
