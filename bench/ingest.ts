import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivatePostgres } from '../test/support/private-postgres.ts';
import type { BenchOptions, Measured } from './main.ts';
import { note } from './note.ts';
import { startApp } from './run/app.ts';
import { copyFloor } from './run/floor.ts';
import { writeNight } from './run/night.ts';
import { rounded } from './run/score.ts';

const BARS = { ratio: 5, peakRssMb: 300 } as const;

/** What the machine does besides must not decide. */
const TIMES = 3;

type Round = { readonly seconds: number; readonly floor: number; readonly peakRssMb: number };

const ratioOf = ({ seconds, floor }: Round): number => seconds / floor;

/**
 * One delivery of new rows through its contract into records, against a bare COPY of the same file. Three rounds, each with a
 * server and an app of its own; the one whose ratio is the middle counts.
 */
export async function benchIngest(rows: number, { seed }: BenchOptions): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-ingest-'));
  try {
    note(`${rows} rows are written to a file`);
    await writeNight(folder, { orders: rows, seed, changes: 0 }, { suffix: '' });
    const rounds: Round[] = [];
    for (let time = 1; time <= TIMES; time += 1) {
      const round = await measured({ rows, folder });
      note(`${rounded(round.floor, 2)} s bare, ${rounded(round.seconds, 2)} s through the contract`);
      rounds.push(round);
    }
    const { seconds, floor } = rounds.toSorted((a, b) => ratioOf(a) - ratioOf(b))[(TIMES - 1) / 2] as Round;
    const figures = {
      rows,
      seconds: rounded(seconds, 2),
      floor_seconds: rounded(floor, 2),
      ratio_to_copy: rounded(seconds / floor, 2),
      peak_rss_mb: Math.max(...rounds.map(({ peakRssMb }) => peakRssMb)),
    };
    return {
      figures,
      isInside: figures.ratio_to_copy <= BARS.ratio && figures.peak_rss_mb <= BARS.peakRssMb,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measured({ rows, folder }: { rows: number; folder: string }): Promise<Round> {
  const postgres = await startPrivatePostgres({ fast: false });
  const app = startApp({ databaseUrl: postgres.url, folder });
  try {
    const floor = await copyFloor({ adminUrl: postgres.adminUrl, folder });
    const taken = await app.do({ take: 'orders' });
    if (taken.rows !== rows) throw new Error(`${taken.rows} of ${rows} rows became records`);
    return { seconds: taken.seconds, floor, peakRssMb: taken.peakRssMb };
  } finally {
    await app.stop();
    await postgres.stop();
  }
}
