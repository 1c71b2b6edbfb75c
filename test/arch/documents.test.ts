import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import { AUDITED_ACTIONS } from '../../src/core/audit.ts';
import { nextStatus, STATUSES, TRANSITION_ACTIONS } from '../../src/core/lifecycle.ts';
import { ROW_REASONS } from '../../src/core/row-reason.ts';
import * as audit from '../../src/db/schema/audit.ts';
import * as delivery from '../../src/db/schema/delivery.ts';
import * as exception from '../../src/db/schema/exception.ts';
import * as match from '../../src/db/schema/match.ts';
import * as record from '../../src/db/schema/record.ts';
import * as workspace from '../../src/db/schema/workspace.ts';
import { REFUSALS } from '../../src/slack/views/refusals.ts';

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

const TABLES = [audit, delivery, exception, match, record, workspace]
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
