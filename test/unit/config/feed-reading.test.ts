import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/config-error.ts';
import { loadConfig } from '../../../src/config/load.ts';

const FIXTURE = new URL('./fixture', import.meta.url).pathname;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-config-'));
  cpSync(FIXTURE, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The order feed with these lines in the place of its format. */
async function load(...lines: readonly string[]) {
  const path = join(folder, 'feeds/platform_orders.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('format: csv', lines.join('\n')));
  const { feeds } = await loadConfig(folder, {});
  return feeds.get('platform_orders');
}

const PULL = 'pull: { http: { url: "https://api.example/x", records: data } }';

async function problem(...lines: readonly string[]): Promise<string> {
  const error = await load(...lines).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error('the configuration was accepted', { cause: error });
  return error.problems.join('\n');
}

describe('a feed', () => {
  it.each([
    ['format: tsv', { format: 'csv', delimiter: '\t' }],
    ['format: json\nrows: data.orders', { format: 'json', rows: ['data', 'orders'] }],
    ['format: json\nrows: "[].results[]"', { format: 'json', rows: ['[]', 'results'] }],
    ['format: json\nrows: "a[].b.c"', { format: 'json', rows: ['a', '[]', 'b', 'c'] }],
    ['format: csv\nencoding: latin1', { encoding: 'windows-1252' }],
    ['format: csv\nencoding: UTF-16', { encoding: 'utf-16' }],
    ['format: csv\ndelimiter: detect', { delimiter: 'detect' }],
    ['format: airbyte\nstream: crm.orders', { format: 'airbyte', stream: 'crm.orders' }],
    ['format: csv\nlimits: { bytes: 2GB }', { limits: { bytes: 2_000_000_000, ratio: 200 } }],
  ])('%j is read', async (lines, expected) => {
    expect(await load(lines)).toMatchObject(expected);
  });
});

describe('is refused, with what to write', () => {
  it.each([
    ['format: json\ndelimiter: ";"', 'delimiter: means nothing with format: json; it belongs to csv'],
    [
      'format: csv\nstream: orders',
      'stream: means nothing with format: csv; it belongs to airbyte and singer',
    ],
    ['format: csv\nencoding: klingon', '"klingon" is no encoding that is known'],
    ['format: csv\nlimits: { bytes: 500 }', 'limits.bytes: must be text'],
    ['format: csv\nlimits: { bytes: lots }', '"lots" is not a size; write it like 500MB or 2GB'],
    ['format: csv\nheader: [order, client, month]', 'has no column "campaign"'],
    ['format: csv\nheader: [order, client, campaign, month, spend, Order]', '"order" stands twice'],
    ['format: excel', '"excel" is not possible'],
    [
      `format: airbyte\n${PULL}`,
      'format: is airbyte, and what pull: brings is read as jsonl: write format: jsonl',
    ],
    [`format: csv\n${PULL}`, 'tieout ingest --format csv'],
    [
      `format: singer\nwebhook: { signature: stripe, secret: "${'${S}'}" }`,
      'what webhook: brings is read as jsonl',
    ],
    [`format: jsonl\nencoding: latin1\n${PULL}`, 'encoding: is latin1, and what pull: brings is UTF-8'],
  ])('%j', async (lines, words) => {
    expect(await problem(lines)).toContain(words);
  });
});
