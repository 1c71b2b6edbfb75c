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

const files = (...patterns: string[]) =>
  pendingFiles({ ...ORDERS, files: patterns.map((pattern) => join(folder, pattern)) });

it('finds what a pattern names, sorted, each file once, and no folders', async () => {
  expect(await files('*.csv', 'a.csv')).toEqual([join(folder, 'a.csv'), join(folder, 'b.csv')]);
});

it('names feed and pattern when nothing matches', async () => {
  await expect(files('*.tsv')).rejects.toThrow(/Feed "orders": no file matches .*\*\.tsv/);
  await expect(files('c.csv')).rejects.toMatchObject({ code: 'file_missing' });
});

it('refuses a folder that is named as a file, and a feed without files', async () => {
  await expect(files('folder.csv')).rejects.toMatchObject({ code: 'file_not_regular' });
  await expect(files()).rejects.toThrow(/names no files/);
});
