import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import { scratchFolder } from '../../support/scratch.ts';
import { CONNECTORS, feedOf, workspaceOf } from './setup.ts';

const database = await testDatabase();
const folder =
  process.env.TIEOUT_SHARED_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const shapes = join(folder, 'connector-shapes');
const fixtures = join(folder, 'stripe-fixtures');
if (!existsSync(shapes))
  console.warn('real shapes were not read: ../shared/data is not there; set TIEOUT_SHARED_DATA to run these');

/** The table that a landed feed's query reads, and the file of rows in that shape. */
function shapeOf(path: string): string {
  const [, provider = '', table = ''] = /from (\w+)\."?(\w+)"?/.exec(readFileSync(path, 'utf8')) ?? [];
  const names = [`${table}_data.csv`, `${provider}_${table}_data.csv`, `sf_${table}_data.csv`];
  const found = names.map((name) => join(shapes, provider, name)).find(existsSync);
  return found ?? join(shapes, provider, names[0] ?? '');
}

const LANDED = CONNECTORS.flatMap(({ landed }) =>
  [...landed].map(([feed, path]) => [feed, path, shapeOf(path)] as const),
);
/** Tables of which the shapes hold keys alone. */
const KEYS_ALONE = ['xero_credit_notes'];

describe.skipIf(!existsSync(shapes))('rows in the shape that an ELT tool lands', () => {
  it.each(LANDED)('of %s are accepted, or quarantined with a reason', async (feed, path, shape) => {
    const { deliver, stop } = await workspaceOf(database, {
      ...feedOf(path),
      format: 'csv',
      finalLineEnd: 'optional',
    });
    const report = await deliver(shape);
    await stop();
    const { rowsRead, rowsNew, rowsUnchanged, rowsQuarantined, rowsSkipped, reasons } = report;
    if (KEYS_ALONE.includes(feed)) {
      expect(report.problem).toContain('missing');
      return;
    }
    // Rows that are no CSV at all stand there too; a delivery of nothing else says so.
    if (rowsQuarantined === 0) expect(report.problem).toBeUndefined();
    expect(rowsNew + rowsUnchanged + rowsQuarantined + rowsSkipped).toBe(rowsRead);
    expect(Object.values(reasons).reduce((sum, count) => sum + count, 0)).toBe(rowsQuarantined);
    expect(rowsNew + rowsSkipped).toBeGreaterThan(0);
  });
});

const RESOURCES = {
  stripe_invoices: 'invoice',
  stripe_payments: 'charge',
  stripe_refunds: 'refund',
  stripe_credit_notes: 'credit_note',
};
const years = existsSync(fixtures)
  ? readdirSync(join(fixtures, 'history')).map((name) => join(fixtures, 'history', name))
  : [];
const stripe = CONNECTORS.find(({ connector }) => connector === 'stripe');

describe.skipIf(years.length === 0)("Stripe's own objects, year by year,", () => {
  it.each(Object.entries(RESOURCES))(
    '%s are records, or quarantined with what is missing',
    async (feed, resource) => {
      const { deliver, stop } = await workspaceOf(database, feedOf(stripe?.feeds.get(feed) ?? ''));
      const told: string[] = [];
      for (const path of [...years, join(fixtures, 'fixtures3.json')]) {
        const { resources } = JSON.parse(readFileSync(path, 'utf8')) as { resources: Record<string, object> };
        if (resources[resource] === undefined) continue;
        const file = join(scratchFolder(), 'object.jsonl');
        writeFileSync(file, `${JSON.stringify(resources[resource])}\n`);
        const report = await deliver(file);
        const isRecord = report.problem === undefined && report.rowsQuarantined === 0;
        told.push(`${isRecord ? 1 : 0} ${Object.keys(report.reasons).join()} ${report.problem ?? ''}`);
      }
      await stop();
      expect(told.length).toBeGreaterThan(3);
      // Each year is either a record or says why not; the newest is a record.
      expect(told.every((text) => /^1 |^0 \w+/.test(text))).toBe(true);
      expect(told.at(-1)).toMatch(/^1 /);
    },
  );
});
