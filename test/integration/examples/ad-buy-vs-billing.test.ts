import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExpectedOutcome } from '../../../examples/support/outcome.ts';
import { type Config, loadConfig } from '../../../src/config/load.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { ingestFile } from '../../../src/pipeline/ingest/ingest-file.ts';
import { type ReconcileReport, reconcile } from '../../../src/pipeline/reconcile.ts';
import { testDatabase } from '../../support/database.ts';
import { rowCounts } from '../../support/ledger.ts';

const FOLDER = fileURLToPath(new URL('../../../examples/ad-buy-vs-billing/', import.meta.url));
const EXPECTED = JSON.parse(readFileSync(`${FOLDER}expected.json`, 'utf8')) as ExpectedOutcome;
const RUN = EXPECTED.reconciliations['ad-buy-vs-billing'] as ExpectedOutcome['reconciliations'][string];
const NOW = new Date('2026-11-22T06:00:00Z');

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

let config: Config;
let workspaceId: string;
let first: ReconcileReport;
beforeAll(async () => {
  config = await loadConfig(`${FOLDER}config`, {});
  ({ workspaceId } = await applyConfig(sql, config, { now: NOW }));
  first = await night(workspaceId);
});

const night = (into: string): Promise<ReconcileReport> => {
  const spec = config.reconciliations.get('ad-buy-vs-billing');
  if (!spec) throw new Error('the example has no reconciliation of its name');
  const { feeds, organisation } = config;
  const cutoffAt = new Date(EXPECTED.asOf);
  return reconcile(sql, { workspaceId: into, spec, feeds, organisation, mode: 'active', cutoffAt, now: NOW });
};

describe('the ad-buy example', () => {
  it('reads its files as its generator says: every row counted, five quarantined, each with its line and reason', async () => {
    expect(
      first.deliveries.map(({ feed, name, rowsRead, rowsNew, rowsChanged, rowsQuarantined }) => ({
        feed,
        file: name,
        rowsRead,
        rowsNew,
        rowsChanged,
        rowsQuarantined,
      })),
    ).toEqual(EXPECTED.deliveries);
    const rows = await inWorkspace(
      sql,
      workspaceId,
      (
        tx,
      ) => tx`select d.name as file, q.line, q.reason from quarantined_row q join delivery d using (workspace_id, delivery_id)
                 order by d.name, q.line`,
    );
    expect([...rows]).toEqual(EXPECTED.quarantinedRows);
  });

  it('comes to exactly the exceptions that its generator labelled, with type, severity, reason, team and records', async () => {
    const rows = await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx<ExpectedOutcome['reconciliations'][string]['exceptions'][number][]>`
        select e.type, e.severity, e.reason, t.key as team, e.order_ref as "orderRef",
               array_agg(r.source_ref order by r.source_ref collate "C") as refs
        from exception e
        join team t using (workspace_id, team_id)
        join exception_member m using (workspace_id, exception_id)
        join record r using (workspace_id, record_id)
        group by e.exception_id, e.type, e.severity, e.reason, t.key, e.order_ref`,
    );
    const text = (all: readonly object[]) => all.map((row) => JSON.stringify(row)).sort();
    expect(text(rows)).toEqual(text(RUN.exceptions.map((row) => ({ ...row, refs: [...row.refs].sort() }))));
  });

  it('settles, matches and leaves pending what its generator says', () => {
    expect(first.run.live.matches).toEqual({
      equal: RUN.groups.equal,
      autoResolved: RUN.groups.auto_resolved,
      excepted: RUN.groups.excepted,
    });
    expect(first.run.pending).toBe(RUN.pending.length);
  });

  it('changes nothing when the same night is run again', async () => {
    const before = await rowCounts(sql, { workspaceId });

    const again = await night(workspaceId);

    expect(again.run.status).toBe('unchanged');
    expect(again.deliveries.map(({ status }) => status)).toEqual(
      EXPECTED.deliveries.map(() => 'already_delivered'),
    );
    const after = await rowCounts(sql, { workspaceId });
    expect({ ...after, run: 0 }).toEqual({ ...before, run: 0 });
  });

  it('comes to the same matches and exceptions when the files arrive in the opposite order', async () => {
    const other = {
      ...config,
      organisation: { ...config.organisation, name: 'Northlight Media, backwards' },
    };
    const { workspaceId: backwards } = await applyConfig(sql, other, { now: NOW });
    for (const { feed, file } of [...EXPECTED.deliveries].reverse()) {
      const contract = config.feeds.get(feed);
      if (!contract) throw new Error(`no feed ${feed}`);
      await ingestFile(sql, { workspaceId: backwards, contract, from: { path: `${FOLDER}data/${file}` } });
    }

    await night(backwards);

    expect(await decisions(backwards)).toEqual(await decisions(workspaceId));
  });
});

/** Every live decision as text, without ids and times. */
const decisions = (of: string): Promise<string[]> =>
  inWorkspace(sql, of, async (tx) => {
    const rows = await tx<{ text: string }[]>`
      select concat_ws(' ', m.pass, m.group_key, m.outcome, m.reason, m.expected_minor, m.actual_minor) as text
      from match m where m.is_live
      union all
      select concat_ws(' ', e.fingerprint, e.type, e.severity, e.reason, e.at_stake_minor, e.currency, e.status)
      from exception e`;
    return rows.map(({ text }) => text).sort();
  });
