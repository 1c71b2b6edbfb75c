import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { loadConfig } from '../src/config/load.ts';
import { repeatableRandom } from '../src/core/score/random.ts';
import { connect } from '../src/db/client.ts';
import { applyConfig } from '../src/pipeline/govern/apply-config.ts';
import { reconcile } from '../src/pipeline/reconcile.ts';
import { startPrivatePostgres } from '../test/support/private-postgres.ts';
import type { BenchOptions, Measured } from './main.ts';
import { note } from './note.ts';
import { decided, type Pair } from './run/decided.sql.ts';
import { rounded, score } from './run/score.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DATA = join(process.env.TIEOUT_SHARED_DATA ?? join(ROOT, '..', 'shared', 'data'), 'payments');
const FILES = { sent: 'transactions_origin.csv', received: 'transactions_destination.csv' } as const;
const WHOLE = { f1: 0.995, seconds: 10, peakRssMb: 1024 } as const;
const DROPPED = { f1: 0.98, autoPrecision: 0.9995, autoRecall: 0.85 } as const;

/** The truth of one side, by reference: which payment it is a record of. */
type Truth = ReadonlyMap<string, string>;

/** Public payments without a common key, from files to decided matches; the truth is only used to count. */
export async function benchPayments(_size: number, { drop, seed }: BenchOptions): Promise<Measured> {
  if (!existsSync(DATA)) {
    throw new Error(`${DATA} is not there: set TIEOUT_SHARED_DATA to the folder with the public payments`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'tieout-payments-'));
  const postgres = await startPrivatePostgres({ fast: false });
  const sql = connect({ url: postgres.url, role: 'runs', max: 4 });
  try {
    const truth = {
      expected: await deliver(folder, 'sent', { drop, seed }),
      actual: await deliver(folder, 'received', { drop, seed: seed + 1 }),
    };
    const config = await loadConfig(join(ROOT, 'bench', 'payments'), { PAYMENTS_FOLDER: folder });
    const now = new Date();
    const { workspaceId } = await applyConfig(sql, config, { now });
    const spec = config.reconciliations.get('payments');
    if (!spec) throw new Error('bench/payments has no reconciliation of its name');
    note(`${truth.expected.size} sent, ${truth.actual.size} received: ingest and run`);
    const began = performance.now();
    const { feeds, organisation } = config;
    await reconcile(sql, { workspaceId, spec, feeds, organisation, mode: 'active', cutoffAt: now, now });
    const seconds = (performance.now() - began) / 1000;
    const figures = {
      ...scoreOf(await decided(sql, { workspaceId, expectedFeed: 'sent' }), truth),
      seconds: rounded(seconds, 2),
      peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    };
    return { figures, isInside: drop === 0 ? isWhole(figures) : isDropped(figures) };
  } finally {
    await sql.end({ timeout: 5 });
    await postgres.stop();
    rmSync(folder, { recursive: true });
  }
}

type Scored = ReturnType<typeof score> & { readonly seconds: number; readonly peak_rss_mb: number };

const isWhole = ({ f1, seconds, peak_rss_mb }: Scored): boolean =>
  f1 >= WHOLE.f1 && seconds <= WHOLE.seconds && peak_rss_mb <= WHOLE.peakRssMb;

const isDropped = ({ f1, auto_precision, auto_recall }: Scored): boolean =>
  f1 >= DROPPED.f1 && auto_precision >= DROPPED.autoPrecision && auto_recall >= DROPPED.autoRecall;

/** Writes one side's file, without the share of rows that is to be missing, and returns its truth. */
async function deliver(
  folder: string,
  side: keyof typeof FILES,
  { drop, seed }: { drop: number; seed: number },
): Promise<Truth> {
  const rows: string[][] = parse(await readFile(join(DATA, FILES[side])));
  const [header = [], ...payments] = rows;
  const random = repeatableRandom(seed);
  const kept = drop === 0 ? payments : payments.filter(() => random() >= drop);
  const quoted = [header, ...kept].map((row) =>
    row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','),
  );
  await writeFile(join(folder, `${side}.csv`), `${quoted.join('\n')}\n`);
  const [truth, id] = [header.indexOf('ground_truth'), header.indexOf('unique_id')];
  return new Map(kept.map((row) => [row[id] ?? '', row[truth] ?? '']));
}

function scoreOf(
  pairs: readonly Pair[],
  truth: { readonly expected: Truth; readonly actual: Truth },
): ReturnType<typeof score> {
  const there = new Set(truth.actual.values());
  const total = [...truth.expected.values()].filter((payment) => there.has(payment)).length;
  const isRight = ({ expected, actual }: Pair): boolean =>
    truth.expected.get(expected) === truth.actual.get(actual);
  return score(pairs, isRight, total);
}
