import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config/load.ts';
import { connect, type Sql } from '../../src/db/client.ts';
import { applyConfig } from '../../src/pipeline/govern/apply-config.ts';
import { ingestFeed } from '../../src/pipeline/ingest/ingest-feed.ts';
import { reconcile } from '../../src/pipeline/reconcile.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const SPEC = 'orders-vs-invoices';
/** After the last day of every night that `night.ts` writes. */
const CUTOFF = new Date('2026-12-01T00:00:00Z');

/** What the app is to do: take in one feed, or a whole night. */
export type Task = { readonly take: 'orders' | 'invoices' } | { readonly take: 'night' };

export type Done = {
  readonly workspaceId: string;
  readonly seconds: number;
  readonly peakRssMb: number;
  readonly rows: number;
  /** Of a run: matches made or superseded, and exceptions changed. */
  readonly changes: number;
};

/** The app as a process of its own, so that its memory is its own. The configuration is applied before the clock starts. */
async function perform(sql: Sql, { take }: Task): Promise<Done> {
  const config = await loadConfig(FOLDER, process.env);
  const now = new Date();
  const { workspaceId } = await applyConfig(sql, config, { now });
  const { feeds, organisation } = config;
  const began = performance.now();
  const done = (rows: number, changes: number): Done => ({
    workspaceId,
    rows,
    changes,
    seconds: (performance.now() - began) / 1000,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  });
  if (take !== 'night') {
    const contract = feeds.get(take);
    if (!contract) throw new Error(`bench/run has no feed ${take}`);
    const reports = await ingestFeed(sql, { workspaceId, contract });
    return done(sumOf(reports.map(({ rowsNew }) => rowsNew)), 0);
  }
  const spec = config.reconciliations.get(SPEC);
  if (!spec) throw new Error(`bench/run has no reconciliation ${SPEC}`);
  const given = { workspaceId, spec, feeds, organisation, mode: 'active', cutoffAt: CUTOFF, now } as const;
  const { deliveries, run } = await reconcile(sql, given);
  const { made, changes } = run;
  return done(
    sumOf(deliveries.map(({ rowsNew, rowsChanged }) => rowsNew + rowsChanged)),
    made.matches + made.superseded + sumOf(Object.values(changes)),
  );
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

const sql = connect({ url: process.env.DATABASE_URL ?? '', role: 'runs', max: 4 });
process.on('message', (task: Task) => {
  perform(sql, task).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ problem: error instanceof Error ? error.stack : String(error) }),
  );
});
