import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { reconcile } from '../../../src/pipeline/reconcile.ts';
import { testDatabase } from '../../support/database.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const DATA = process.env.TIEOUT_SHARED_DATA ?? join(ROOT, '..', 'shared', 'data');
const SAMPLE = join(DATA, 'ad-orders', 'fcc-data-2020-labeled-manifest.csv');
const FOLDER = join(ROOT, 'examples', 'fcc-ad-orders');
const EXPECTED = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as {
  asOf: string;
  feeds: Record<string, { rowsRead: number; rowsSkipped: number; rowsQuarantined: number; rowsNew: number }>;
  reconciliations: Record<
    string,
    { groups: object; contracts: { contract: string; expected: string; actual: string; diff: string }[] }
  >;
};

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

it.skipIf(!existsSync(SAMPLE))(
  'the public sample of ad orders comes to the counts derived from it by hand (did not run where the sample is absent; set TIEOUT_SHARED_DATA)',
  async () => {
    const config = await loadConfig(join(FOLDER, 'config'), { TIEOUT_SHARED_DATA: DATA });
    const now = new Date('2026-11-22T06:00:00Z');
    const { workspaceId } = await applyConfig(sql, config, { now });
    const spec = config.reconciliations.get('fcc-ad-orders');
    if (!spec) throw new Error('the example has no reconciliation of its name');
    const { feeds, organisation } = config;
    const input = { workspaceId, spec, feeds, organisation, mode: 'active', now } as const;

    const report = await reconcile(sql, { ...input, cutoffAt: new Date(EXPECTED.asOf) });

    for (const delivery of report.deliveries) {
      expect(delivery, delivery.feed).toMatchObject(countsOf(delivery.feed));
    }
    const contracts = EXPECTED.reconciliations['fcc-ad-orders']?.contracts ?? [];
    expect(await differing(workspaceId)).toEqual(
      contracts
        .filter(({ diff }) => diff !== '0.00')
        .map(({ contract, expected, actual }) => `${contract} ${expected} ${actual}`)
        .sort(),
    );
    const unexplained = await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx`select line from quarantined_row where reason = '' or detail = '' or length(raw) = 0`,
    );
    expect([...unexplained]).toEqual([]);
  },
);

function countsOf(feed: string) {
  const counts = EXPECTED.feeds[feed];
  if (!counts) throw new Error(`no expected counts of ${feed}`);
  const { rowsRead, rowsSkipped, rowsQuarantined, rowsNew } = counts;
  return { rowsRead, rowsSkipped, rowsQuarantined, rowsNew };
}

/** The contracts whose exceptions say that the amounts differ, with both amounts. */
const differing = (workspaceId: string): Promise<string[]> =>
  inWorkspace(sql, workspaceId, async (tx) => {
    const rows = await tx<{ text: string }[]>`
      select concat_ws(' ', order_ref, to_char(expected_minor / 100.0, 'FM999999990.00'),
                       to_char(actual_minor / 100.0, 'FM999999990.00')) as text
      from exception where type = 'amount_differs'`;
    return rows.map(({ text }) => text).sort();
  });
