import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '../../../src/db/tx.ts';
import { ingestFile } from '../../../src/pipeline/ingest/ingest-file.ts';
import { testDatabase } from '../../support/database.ts';
import { scratchFolder } from '../../support/scratch.ts';
import { type Case, missingReason, otherFileCases, rowsOf } from './hostile-inputs.ts';
import { ORDERS, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
const HEADER = 'order_id,amount,currency,order_date,memo\n';
const row = (id: string, amount = '1.00', on = '2026-01-05'): string => `${id},${amount},USD,${on},\n`;

const opened: Workspace[] = [];
afterAll(async () => {
  await Promise.all(opened.map(({ sql }) => sql.end()));
});
async function place(name: string): Promise<Workspace> {
  const made = await workspace(database, name);
  opened.push(made);
  return made;
}
const take = (at: Workspace, path: string) =>
  ingestFile(at.sql, { workspaceId: at.workspaceId, contract: ORDERS, from: { path } });

/** Of the millions of rows of a case only so many here; all of them with TIEOUT_TORTURE=1. */
const SHARE = process.env.TIEOUT_TORTURE === '1' ? 1 : 1 / 100;
const MOST_MEMORY = 512 * 1024 ** 2;

async function manyRows({ id, input }: Case): Promise<void> {
  const { row: line, times } = rowsOf(input) ?? { row: '', times: 0 };
  const count = Math.round(times * SHARE);
  const path = join(scratchFolder(), 'many.csv');
  const block = line.repeat(1_000);
  const blocks = function* (): Generator<string> {
    yield HEADER;
    for (let written = 0; written < count; written += 1_000) yield block;
  };
  await pipeline(Readable.from(blocks()), createWriteStream(path));
  const at = await place(id);
  expect(await take(at, path)).toMatchObject({
    status: 'accepted',
    rowsRead: count,
    rowsNew: 1,
    rowsUnchanged: count - 1,
    rowsQuarantined: 0,
  });
  expect(process.memoryUsage.rss()).toBeLessThan(2 * MOST_MEMORY);
  expect(await at.records()).toMatchObject([{ sourceRef: '1', version: 1 }]);
}

async function correctedFile({ id }: Case): Promise<void> {
  const at = await place(id);
  await at.deliver(`${HEADER}${row('A')}${row('B')}`);
  const report = await at.deliver(`${HEADER}${row('A')}${row('B', '2.00')}`);
  expect(report).toMatchObject({ status: 'accepted', rowsChanged: 1, rowsUnchanged: 1 });
  expect(await at.records()).toMatchObject([{ version: 1 }, { version: 2, amount: '200' }]);
  const before = await inWorkspace(
    at.sql,
    at.workspaceId,
    (tx) => tx`select version, amount_minor::text as amount from record_version`,
  );
  expect([...before]).toEqual([{ version: 1, amount: '100' }]);
}

/** A gzip file of a megabyte that unpacks to a thousand times as much; an eighth of it here. */
async function bomb({ id, input }: Case): Promise<void> {
  const [, { $repeat: [text, times] = ['', 0] }] = input.$gzip_of.$concat;
  const path = join(scratchFolder(), 'bomb.csv.gz');
  const block = text.repeat(1_048_576);
  const blocks = function* (): Generator<string> {
    yield HEADER;
    for (let written = 0; written < times * Math.max(SHARE, 1 / 8); written += block.length) yield block;
  };
  await pipeline(Readable.from(blocks()), createGzip({ level: 1 }), createWriteStream(path));
  const at = await place(id);
  expect(await take(at, path)).toMatchObject({
    status: 'quarantined',
    rowsRead: 0,
    problem: expect.stringMatching(/longer than|more than/),
  });
  expect(await at.records()).toEqual([]);
  expect(await at.trail()).toEqual(['delivery.quarantined']);
}

async function silentSource({ id }: Case): Promise<void> {
  const at = await place(id);
  for (const day of ['A', 'B', 'C']) await at.deliver(`${HEADER}${row(day)}${row(`${day}2`)}`);
  const report = await at.deliver(HEADER);
  expect(report).toMatchObject({ status: 'held', findings: [{ kind: 'empty', usual: 2 }] });
  expect((await at.trail()).at(-1)).toBe('delivery.held');
  const told = await inWorkspace(
    at.sql,
    at.workspaceId,
    (tx) => tx`select kind from outbox where kind like '%delivery%'`,
  );
  expect(told.length).toBeLessThanOrEqual(1);
}

async function lateRow({ id }: Case): Promise<void> {
  const at = await place(id);
  const file = join(scratchFolder(), 'late.csv');
  writeFileSync(file, `${HEADER}${row('A', '1.00', '2026-08-24')}`);
  expect(await take(at, file)).toMatchObject({ status: 'accepted', rowsNew: 1 });
}

const WHAT: readonly [is: (input: Case['input']) => boolean, run: (each: Case) => Promise<void>][] = [
  [(input) => rowsOf(input) !== undefined, manyRows],
  [(input) => '$sequence' in input, correctedFile],
  [(input) => '$gzip_of' in input, bomb],
  [(input) => 'volume' in input, silentSource],
  [(input) => 'late' in input, lateRow],
];

if (missingReason) console.warn(`hostile volumes were not delivered: ${missingReason}`);

describe.skipIf(missingReason !== undefined)('a delivery', () => {
  it.each(otherFileCases().map((each) => [each.id, each.expect.note, each] as const))(
    '%s: %s',
    async (_id, _note, each) => {
      const run = WHAT.find(([is]) => is(each.input))?.[1];
      if (run === undefined) throw new Error(`nobody knows how to run ${each.id}`);
      await run(each);
    },
    600_000,
  );
});
