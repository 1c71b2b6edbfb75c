import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFAULTS, generate } from '../../../examples/ad-buy-vs-billing/generate.ts';
import { jsonFile } from '../../../examples/support/text.ts';

const FOLDER = new URL('../../../examples/ad-buy-vs-billing/', import.meta.url);
const committed = (path: string): string => readFileSync(new URL(path, FOLDER), 'utf8');
const { files, expected } = generate(DEFAULTS);
const run = expected.reconciliations['ad-buy-vs-billing'];
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

describe('the generated example', () => {
  test.each(Object.keys(files))('is what data/%s holds', (name) => {
    expect(committed(`data/${name}`)).toBe(files[name]);
  });

  test('comes to what expected.json says', () => {
    expect(committed('expected.json')).toBe(jsonFile(expected));
  });

  test('is the same for the same seed', () => {
    expect(generate({ seed: 5, orders: 60 })).toEqual(generate({ seed: 5, orders: 60 }));
  });

  test('is another for another seed', () => {
    expect(generate({ seed: 5, orders: 60 }).files).not.toEqual(generate({ seed: 6, orders: 60 }).files);
  });

  test('refuses to be too small to tell every case', () => {
    expect(() => generate({ seed: 1, orders: 39 })).toThrow('at least 40');
  });

  test.each([40, 41, 119, 500])('has as many orders as asked for: %i', (orders) => {
    const made = generate({ seed: 3, orders }).expected.reconciliations['ad-buy-vs-billing'];
    expect(made?.records.platform_orders).toBe(orders);
  });
});

describe('the expected outcome', () => {
  test('accounts for every order once', () => {
    const missing = run?.exceptionsByType.missing_invoice ?? 0;
    expect(sum(run?.groups ?? {}) + missing + (run?.pending.length ?? 0)).toBe(DEFAULTS.orders);
  });

  test('reads every line that was written', () => {
    const lines = expected.deliveries.map(({ file, rowsRead }) => [file, rowsRead]);
    const written = Object.entries(files).map(([name, text]) => [
      name,
      text.trimEnd().split('\n').length - 1,
    ]);
    expect(Object.fromEntries(lines)).toEqual(Object.fromEntries(written));
  });

  test('quarantines one row for each thing that is wrong', () => {
    expect(expected.quarantined.invoice_lines).toEqual({
      amount_malformed: 1,
      currency_unknown: 1,
      date_does_not_exist: 1,
      required_missing: 1,
      row_short: 1,
    });
  });

  test('names the line of the amount with a letter in it', () => {
    const line = files['invoice_lines_broken.csv']?.split('\n').findIndex((row) => row.includes('1,88O.00'));
    expect(expected.quarantinedRows).toContainEqual({
      file: 'invoice_lines_broken.csv',
      line: (line ?? -1) + 1,
      reason: 'amount_malformed',
    });
  });

  test('gives every team work', () => {
    expect(Object.keys(run?.exceptionsByTeam ?? {})).toEqual(['finance', 'media_ops', 'revenue_ops']);
  });
});

test('the broken file ends in a whole row, so that it is not taken for a file that broke off', () => {
  const last = files['invoice_lines_broken.csv']?.trimEnd().split('\n').at(-1);
  expect(last).toMatch(/,USD$/);
});

test('client, campaign and month name one order, so the third pass is never ambiguous', () => {
  const orders = Object.entries(files).filter(([name]) => name.startsWith('platform_orders_2026-10'));
  const keys = orders.flatMap(([, text]) =>
    text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) =>
        row
          .split(',')
          .filter((_, column) => [2, 3, 5].includes(column))
          .join(),
      ),
  );
  expect(new Set(keys).size).toBe(keys.length);
});
