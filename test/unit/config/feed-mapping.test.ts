import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/config-error.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { ContractField } from '../../../src/core/contract.ts';

const FIXTURE = new URL('./fixture', import.meta.url).pathname;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-config-'));
  cpSync(FIXTURE, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The order feed with one more field, written as given. */
function withField(yaml: string): void {
  const path = join(folder, 'feeds/platform_orders.yaml');
  writeFileSync(path, `${readFileSync(path, 'utf8').trimEnd()}\n  extra: ${yaml}\n`);
}

async function read(yaml: string): Promise<ContractField | undefined> {
  withField(yaml);
  const { feeds } = await loadConfig(folder, {});
  return feeds.get('platform_orders')?.fields.find(({ name }) => name === 'extra');
}

async function problem(yaml: string): Promise<string> {
  withField(yaml);
  const error = await loadConfig(folder, {}).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error('the configuration was accepted', { cause: error });
  return error.problems.join('\n');
}

describe('a field', () => {
  it('takes steps, the longest prefix first', async () => {
    const field = await read(
      '{ type: reference, from: po, steps: [upper, { drop_prefix: ["PO", "PO-"] }, { pad: 6 }] }',
    );
    expect(field?.steps).toEqual([
      { kind: 'upper' },
      { kind: 'drop_prefix', texts: ['PO-', 'PO'] },
      { kind: 'pad', width: 6 },
    ]);
  });

  it('takes several forms of a day, and a zone its times are written in', async () => {
    const field = await read(
      '{ type: instant, from: at, zone: UTC, format: ["YYYY-MM-DDTHH:mm:ssZ", "YYYY-MM-DDTHH:mm:ss.SSSZ", X] }',
    );
    expect(field?.type).toEqual({
      kind: 'instant',
      format: 'YYYY-MM-DDTHH:mm:ssZ | YYYY-MM-DDTHH:mm:ss.SSSZ | X',
      zone: 'UTC',
    });
  });

  it('takes a map whose words have no case', async () => {
    const field = await read(
      '{ type: choice, from: s, of: [open, paid], map: { " PAID in full ": paid }, otherwise: open }',
    );
    expect(field?.type).toEqual({
      kind: 'choice',
      of: ['open', 'paid'],
      map: new Map([['paid in full', 'paid']]),
      otherwise: 'open',
    });
  });

  it('takes a sign that a column decides, and a currency with steps', async () => {
    const field = await read(
      '{ type: money, from: a, currency: { from: c, steps: [upper] }, negate: { column: kind, equals: [credit] } }',
    );
    expect(field?.type).toMatchObject({
      currency: { from: 'c', steps: [{ kind: 'upper' }] },
      negate: { column: { from: 'kind' }, equals: ['credit'], keep: undefined },
    });
  });
});

describe('is refused, with what to write', () => {
  it.each([
    [
      '{ type: text, from: a, steps: [uper] }',
      'fields.extra.steps[0]: "uper" is no step; write one of upper',
    ],
    ['{ type: text, from: a, max_length: 30000 }', 'fields.extra.max_length: must be at most 20000'],
    ['{ type: text, from: a, steps: [{ regex: "x" }] }', 'is no step'],
    [
      '{ type: choice, from: a, of: [open, paid], map: { x: payed } }',
      'fields.extra.map.x: "payed" is not among the values of the field; known: open, paid',
    ],
    [
      '{ type: choice, from: a, of: [open], otherwise: shut }',
      'fields.extra.otherwise: "shut" is not among the values of the field',
    ],
    ['{ type: choice, from: a, of: [b, c], map: { X: b, x: c } }', 'stands twice, whatever its case'],
    ['{ type: date, from: a, format: [YYYY-MM-DD, X] }', '"X" has a time of day; use type: instant'],
    ['{ type: date, from: a, format: [YYYY-MM-DD, nn] }', '"nn" cannot be read'],
    ['{ type: money, from: a, currency: USD, negate: sometimes }', 'must be always, or { column: kind'],
  ])('%s', async (yaml, words) => {
    expect(await problem(yaml)).toContain(words);
  });
});

describe('a personal field', () => {
  const KEY = 'a key of more than sixteen characters';
  const pseudonym = async (env: Record<string, string>) => {
    withField('{ type: text, from: email, steps: [email], personal: hash }');
    const { feeds } = await loadConfig(folder, env);
    return feeds.get('platform_orders')?.pseudonym;
  };

  it('has a pseudonym by the key of the environment, the same for the same text', async () => {
    const hide = await pseudonym({ TIEOUT_PERSONAL_KEY: KEY });
    expect(hide?.('ana@example.com')).toMatch(/^[0-9a-f]{32}$/);
    expect(hide?.('ana@example.com')).toBe(hide?.('ana@example.com'));
    expect(hide?.('bob@example.com')).not.toBe(hide?.('ana@example.com'));
  });

  it('names the variable when it is used without a key, or with a short one', async () => {
    const hide = await pseudonym({});
    expect(() => hide?.('ana@example.com')).toThrow(/TIEOUT_PERSONAL_KEY is not set; feed "platform_orders"/);
  });

  it('is no amount, no day, and dropped only where nothing is known by it', async () => {
    expect(await problem('{ type: integer, from: age, personal: hash }')).toContain(
      'hash is for fields of type',
    );
  });
});
