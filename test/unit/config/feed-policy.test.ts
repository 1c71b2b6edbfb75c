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

/** The order feed with these lines put in. */
async function load(lines: string) {
  const path = join(folder, 'feeds/platform_orders.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('format: csv', `format: csv\n${lines}`));
  const { feeds } = await loadConfig(folder, {});
  return feeds.get('platform_orders');
}

async function problem(lines: string): Promise<string> {
  const error = await load(lines).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error('the configuration was accepted', { cause: error });
  return error.problems.join('\n');
}

describe('what a feed does with deliveries that are not as usual', () => {
  it('is to hold them, and to tell the team that owns what nobody else does', async () => {
    expect((await load(''))?.intake).toMatchObject({
      owner: { kind: 'team', key: 'media_ops' },
      breaking: 'hold',
      spike: 'hold',
      volume: { zscore: 3.5, minHistory: 8, floor: 2 },
      value: { zscore: 3.5, floor: 10_000 },
    });
  });

  it.each([
    ['owner: finance', { owner: { kind: 'team', key: 'finance' } }],
    ['drift: quarantine', { breaking: 'quarantine' }],
    ['checks: off', { volume: undefined, value: undefined }],
    ['checks: { spike: tell, value: off }', { spike: 'tell', value: undefined, volume: { zscore: 3.5 } }],
    [
      'checks: { volume: { zscore: 5, direction: drop, relative: 20%, floor: 10 }, value: { floor: "2500.50" } }',
      { volume: { zscore: 5, direction: 'drop', relativeFloor: 0.2, floor: 10 }, value: { floor: 250_050 } },
    ],
  ])('%s', async (lines, expected) => {
    expect((await load(lines))?.intake).toMatchObject(expected);
  });

  it('takes what a row says whose record is no more', async () => {
    expect(await load('removed: { column: state, differs: "" }')).toMatchObject({
      removed: { column: 'state', test: 'differs', text: '' },
    });
  });
});

describe('is refused, with what to write', () => {
  it.each([
    ['owner: nobody', 'owner: "nobody" is neither a team nor a person'],
    ['drift: panic', 'drift: "panic" is not possible'],
    ['checks: sometimes', 'checks: must be off, or {'],
    ['removed: { column: state }', 'removed: needs exactly one of'],
  ])('%s', async (lines, words) => {
    expect(await problem(lines)).toContain(words);
  });
});
