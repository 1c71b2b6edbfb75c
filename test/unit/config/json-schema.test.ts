import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SCHEMA_KINDS, type SchemaKind, schemaText } from '../../../src/config/json-schema.ts';
import { FEED_HINTS, ORGANISATION_HINTS, RECONCILIATION_HINTS } from '../../../src/config/schema-hints.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const published = (kind: SchemaKind): string => readFileSync(join(ROOT, 'schemas', `${kind}.json`), 'utf8');
const FOLDERS = {
  feeds: 'feed',
  reconciliations: 'reconciliation',
  config: 'tieout',
  landed: 'feed',
} as const;

/** Every YAML file of the examples and the connectors that is a feed, a reconciliation or a tieout.yaml. */
const FILES = ['examples', 'connectors']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith('.yaml') && basename(dirname(name)) in FOLDERS)
  .map((name) => ({ name, kind: FOLDERS[basename(dirname(name)) as keyof typeof FOLDERS] }));

describe.each(SCHEMA_KINDS)('schemas/%s.json', (kind) => {
  const schema = z.fromJSONSchema(JSON.parse(published(kind)));

  test('is what the code makes of its own schema', () => {
    expect(published(kind)).toBe(schemaText(kind));
  });

  test.each(FILES.filter((file) => file.kind === kind).map(({ name }) => name))('takes %s', (name) => {
    expect(schema.safeParse(parse(readFileSync(join(ROOT, name), 'utf8')))).toMatchObject({ success: true });
  });

  test('refuses a key that does not exist', () => {
    const [file] = FILES.filter((one) => one.kind === kind);
    const content: unknown = parse(readFileSync(join(ROOT, file?.name ?? ''), 'utf8'));
    expect(schema.safeParse({ ...(content as object), fynd: [] })).toMatchObject({ success: false });
  });

  test('says something of every key that it has at the top', () => {
    const { properties } = z
      .object({ properties: z.record(z.string(), z.object({ description: z.string().optional() })) })
      .parse(JSON.parse(published(kind)));
    const silent = Object.entries(properties).filter(([, { description }]) => description === undefined);
    expect(silent.map(([key]) => key)).toEqual([]);
  });
});

describe('an editor marks', () => {
  const spec = parse(
    readFileSync(
      join(ROOT, 'examples/ad-buy-vs-billing/config/reconciliations/ad-buy-vs-billing.yaml'),
      'utf8',
    ),
  ) as object;
  const feed = parse(
    readFileSync(join(ROOT, 'examples/ad-buy-vs-billing/config/feeds/invoice_lines.yaml'), 'utf8'),
  ) as object;
  const schemas = {
    reconciliation: z.fromJSONSchema(JSON.parse(published('reconciliation'))),
    feed: z.fromJSONSchema(JSON.parse(published('feed'))),
  };
  test.each([
    ['a rule that decides nothing', 'reconciliation', { verify: [{ id: 'a', expect: 'diff = 0.00' }] }],
    ['days that are none', 'reconciliation', { timing: { due_within: '10 days' } }],
    ['a share above all', 'reconciliation', { checks: { match_rate: '101%' } }],
    ['a currency that is none', 'reconciliation', { currency: { compare_in: 'usd' } }],
    ['nothing but spaces', 'reconciliation', { describes: '  ' }],
    ['a row that goes nowhere', 'reconciliation', { route: [{ when: 'too_late', sla: '2bd' }] }],
    ['a promise that is none', 'reconciliation', { route: [{ default: 'finance', sla: '2 days' }] }],
    ['a field from nowhere', 'feed', { fields: { line_no: { type: 'integer' } } }],
    ['a field from two places', 'feed', { fields: { line_no: { type: 'integer', from: 'a', always: '1' } } }],
    ['a size that is none', 'feed', { limits: { bytes: '2 gigabytes' } }],
    ['a pause that is none', 'feed', { complete: { quiet: '0s' } }],
  ] as const)('%s', (_, kind, slip) => {
    const content = kind === 'feed' ? feed : spec;
    expect(schemas[kind].safeParse(content)).toMatchObject({ success: true });
    expect(schemas[kind].safeParse({ ...content, ...slip })).toMatchObject({ success: false });
  });
});

test('every hint stands beside a key that exists', () => {
  const texts = SCHEMA_KINDS.map(published).join('\n');
  const hints = [RECONCILIATION_HINTS, FEED_HINTS, ORGANISATION_HINTS].flatMap((one) => Object.values(one));
  expect(hints.filter((hint) => !texts.includes(JSON.stringify(hint)))).toEqual([]);
});

test.each(FILES.filter(({ name }) => name.startsWith('examples')))(
  '$name names its schema, so that an editor completes it',
  ({ name, kind }) => {
    const [, path = ''] =
      /^# yaml-language-server: \$schema=(\S+)/.exec(readFileSync(join(ROOT, name), 'utf8')) ?? [];
    expect(resolve(ROOT, dirname(name), path)).toBe(join(ROOT, 'schemas', `${kind}.json`));
  },
);
