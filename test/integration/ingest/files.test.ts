import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pendingFiles } from '../../../src/pipeline/ingest/files.ts';
import { ORDERS } from './setup.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-files-'));
  for (const name of ['b.csv', 'a.csv', 'a.csv.bak', 'axcsv']) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'folder.csv'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pending = (contract: Partial<typeof ORDERS>, now = new Date()) =>
  pendingFiles({ ...ORDERS, ...contract }, { now });
const files = async (...patterns: string[]) =>
  (await pending({ files: patterns.map((pattern) => join(folder, pattern)) })).ready;

it('finds what a pattern names, sorted, each file once, and no folders', async () => {
  expect(await files('*.csv', 'a.csv')).toEqual([join(folder, 'a.csv'), join(folder, 'b.csv')]);
});

it('says which pattern finds nothing, and refuses a file that is named and not there', async () => {
  const patterns = [join(folder, '*.tsv'), join(folder, 'b.*')];
  expect(await pending({ files: patterns })).toEqual({
    ready: [join(folder, 'b.csv')],
    waiting: [],
    absent: [join(folder, '*.tsv')],
  });
  await expect(files('c.csv')).rejects.toThrow(/Feed "orders": no file matches .*c\.csv/);
});

it('refuses a folder that is named as a file', async () => {
  await expect(files('folder.csv')).rejects.toMatchObject({ code: 'file_not_regular' });
  expect(await pending({ files: [] })).toEqual({ ready: [], waiting: [], absent: [] });
});

it('passes over what somebody still writes, by its name', async () => {
  for (const name of ['.c.csv', 'c.csv.part', 'c.csv.tmp', '~c.csv']) writeFileSync(join(folder, name), 'x');
  expect(await files('*')).not.toContainEqual(expect.stringMatching(/c\.csv/));
  expect(await files('*.part')).toEqual([join(folder, 'c.csv.part')]);
});

it('leaves a file for later until nobody wrote to it for as long as the feed says', async () => {
  const path = join(folder, 'a.csv');
  const complete = { quietMs: 60_000 };
  const soon = await pending({ files: [path], complete }, new Date(Date.now() + 30_000));
  expect(soon).toMatchObject({ ready: [], waiting: [{ path, why: expect.stringContaining('after 60 s') }] });
  const later = await pending({ files: [path], complete }, new Date(Date.now() + 90_000));
  expect(later).toEqual({ ready: [path], waiting: [], absent: [] });
});

it('leaves a file for later until its marker is there', async () => {
  const path = join(folder, 'b.csv');
  const complete = { marker: '{file}.done' };
  expect(await pending({ files: [path], complete })).toMatchObject({
    ready: [],
    waiting: [{ path, why: 'there is no b.csv.done beside it yet' }],
  });
  writeFileSync(join(folder, 'b.csv.done'), '');
  expect(await pending({ files: [path], complete })).toMatchObject({ ready: [path], waiting: [] });
});

it.each(['{file}.done', '_SUCCESS', 'ready-{file}'])('takes no marker for a delivery: %s', async (marker) => {
  const beside = mkdtempSync(join(folder, 'marked-'));
  for (const name of ['a', 'b']) {
    writeFileSync(join(beside, name), '');
    writeFileSync(join(beside, marker.replace('{file}', name)), '');
  }
  rmSync(join(beside, 'b'));
  expect(await pending({ files: [join(beside, '*')], complete: { marker } })).toEqual({
    ready: [join(beside, 'a')],
    waiting: [],
    absent: [],
  });
});
