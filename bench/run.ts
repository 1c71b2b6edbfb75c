import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../src/db/client.ts';
import { type PrivatePostgres, startPrivatePostgres } from '../test/support/private-postgres.ts';
import type { BenchOptions, Measured } from './main.ts';
import { note } from './note.ts';
import { type App, startApp } from './run/app.ts';
import type { Done } from './run/app-process.ts';
import { decided } from './run/decided.sql.ts';
import { nightFloor } from './run/floor.ts';
import { type State, truth, writeNight } from './run/night.ts';
import { rounded, score } from './run/score.ts';

const BARS = {
  seconds: 45,
  ratio: 8,
  rerun: 0.02,
  delta: 0.2,
  snapshot: 0.45,
  exponent: 1.1,
  peakRssMb: 1_536,
} as const;
/** The exponent is measured from a hundredth of the rows on, yet from no fewer than this. */
const FEWEST = 1_000;

type Place = { readonly folder: string; readonly postgres: PrivatePostgres; readonly app: App };

/** A whole night of both sides, the same night again, and what little changed the nights after, against the bare floor. */
export async function benchRun(rows: number, { seed }: BenchOptions): Promise<Measured> {
  const few = Math.min(rows, Math.max(FEWEST, Math.round(rows / 100)));
  note(`${few} orders and their invoices, for the growth`);
  const small = await inPlace(({ folder, app }) => firstNight({ folder, app }, { orders: few, seed }));
  return inPlace(async (place) => {
    note(`${rows} orders and their invoices`);
    const { folder, app, postgres } = place;
    await writeNight(folder, { orders: rows, seed, changes: 0 }, { suffix: '' });
    const floor = await nightFloor({ adminUrl: postgres.adminUrl, folder });
    note(`${rounded(floor, 2)} s bare; the first night`);
    const first = await app.do({ take: 'night' });
    note(`${rounded(first.seconds, 2)} s; the nights after`);
    const later = await laterNights(place, { orders: rows, seed });
    const share = (done: Done): number => rounded(done.seconds / first.seconds, 4);
    const figures = {
      rows,
      seconds: rounded(first.seconds, 2),
      floor_seconds: rounded(floor, 2),
      ratio_to_floor: rounded(first.seconds / floor, 2),
      rerun_share: share(later.again),
      delta_share: share(later.delta),
      snapshot_share: share(later.snapshot),
      exponent: few === rows ? 1 : rounded(growth(small, first) / Math.log(rows / few), 3),
      ...(await scored(place, { orders: rows, seed, changes: 0 }, first.workspaceId)),
      peak_rss_mb: later.snapshot.peakRssMb,
    };
    return { figures, isInside: isInside(figures) };
  });
}

const growth = (small: Done, large: Done): number => Math.log(large.seconds / small.seconds);

type Figures = Awaited<ReturnType<typeof scored>> & Readonly<Record<string, number>>;

const isInside = (figures: Figures): boolean =>
  (figures.seconds ?? 0) <= BARS.seconds &&
  (figures.ratio_to_floor ?? 0) <= BARS.ratio &&
  (figures.rerun_share ?? 0) <= BARS.rerun &&
  (figures.delta_share ?? 0) <= BARS.delta &&
  (figures.snapshot_share ?? 0) <= BARS.snapshot &&
  (figures.exponent ?? 0) <= BARS.exponent &&
  (figures.peak_rss_mb ?? 0) <= BARS.peakRssMb;

async function inPlace<T>(use: (place: Place) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-run-'));
  const postgres = await startPrivatePostgres({ fast: false });
  const app = startApp({ databaseUrl: postgres.url, folder });
  try {
    return await use({ folder, postgres, app });
  } finally {
    await app.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true });
  }
}

async function firstNight(
  { folder, app }: Pick<Place, 'folder' | 'app'>,
  night: Omit<State, 'changes'>,
): Promise<Done> {
  await writeNight(folder, { ...night, changes: 0 }, { suffix: '' });
  return app.do({ take: 'night' });
}

/** The same files; a file of only what changed in one order of a hundred; all files anew, with another hundredth changed. */
async function laterNights({ folder, app }: Place, night: Omit<State, 'changes'>) {
  const again = await app.do({ take: 'night' });
  if (again.rows > 0 || again.changes > 0) {
    throw new Error(`the same night again changed ${again.rows} records and ${again.changes} decisions`);
  }
  await writeNight(folder, { ...night, changes: 1 }, { suffix: '-1', only: 0 });
  const delta = await changed(app);
  await writeNight(folder, { ...night, changes: 2 }, { suffix: '-2' });
  const snapshot = await changed(app);
  return { again, delta, snapshot };
}

async function changed(app: App): Promise<Done> {
  const done = await app.do({ take: 'night' });
  if (done.rows === 0 || done.changes === 0) throw new Error('a night with changes changed nothing');
  note(`${rounded(done.seconds, 2)} s, ${done.rows} rows and ${done.changes} decisions changed`);
  return done;
}

/** What stands after the last night, against the labels: who belongs to whom never changed. */
async function scored({ postgres }: Place, state: State, workspaceId: string) {
  const sql = connect({ url: postgres.url, role: 'runs', max: 1 });
  try {
    const pairs = await decided(sql, { workspaceId, expectedFeed: 'orders' });
    const labels = new Set(truth(state));
    const { f1: _, ...shares } = score(
      pairs,
      ({ expected, actual }) => labels.has(`${expected} ${actual}`),
      labels.size,
    );
    return shares;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
