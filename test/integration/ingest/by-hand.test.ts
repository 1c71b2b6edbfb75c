import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { takeIn } from '../../../src/pipeline/take-in.ts';
import { testDatabase } from '../../support/database.ts';
import { ORDERS, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'tieout-by-hand-'));
const ROWS = 'order_id,amount,currency,order_date,memo\nA-1,5.00,USD,2026-01-05,\n';

let place: Workspace;
let absent: string[];
let count = 0;
const opened: Workspace[] = [];
beforeEach(async () => {
  count += 1;
  absent = [];
  place = await workspace(database, `by hand ${count}`);
  opened.push(place);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all(opened.map(({ sql }) => sql.end()));
});

const nothing = (): void => undefined;
/** What a run takes in before it reconciles. */
const take = (changes: Partial<typeof ORDERS>) =>
  takeIn(place.sql, {
    workspaceId: place.workspaceId,
    contract: { ...ORDERS, ...changes },
    watch: { read: nothing, stage: nothing, waits: nothing, absent: (pattern) => absent.push(pattern) },
  });

describe('a feed that only tieout ingest fills', () => {
  it('is reconciled by what is on record', async () => {
    await place.deliver(ROWS);
    expect(await take({ files: [] })).toEqual([]);
  });

  it('is refused with the way out while nothing was ever delivered', async () => {
    await expect(take({ files: [] })).rejects.toMatchObject({
      code: 'never_delivered',
      message: expect.stringMatching(/its file names no files\. .*tieout ingest orders --file FILE/),
    });
  });
});

describe('a pattern that finds nothing', () => {
  const none = join(folder, 'none-*.csv');

  it('is told, and what is on record is reconciled, also where all files are one delivery', async () => {
    await place.deliver(ROWS);
    expect(await take({ files: [none] })).toEqual([]);
    expect(await take({ files: [none], isTogether: true })).toEqual([]);
    expect(absent).toEqual([none, none]);
  });

  it('does not keep another one from being read', async () => {
    const there = join(folder, 'there-1.csv');
    writeFileSync(there, ROWS);
    expect(await take({ files: [none, join(folder, 'there-*.csv')] })).toMatchObject([{ rowsNew: 1 }]);
    expect(absent).toEqual([none]);
  });

  it('is refused, by its name, while nothing was ever delivered', async () => {
    await expect(take({ files: [none] })).rejects.toThrow(`no file matches ${none}`);
  });
});
