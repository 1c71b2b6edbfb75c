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

/** One delivery of new rows through its contract into records, against a bare COPY of the same file. */
export async function benchIngest(rows: number, { seed }: BenchOptions): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-ingest-'));
  const postgres = await startPrivatePostgres({ fast: false });
  const app = startApp({ databaseUrl: postgres.url, folder });
  try {
    note(`${rows} rows are written to a file and copied bare`);
    await writeNight(folder, { orders: rows, seed, changes: 0 }, { suffix: '' });
    const floor = await copyFloor({ adminUrl: postgres.adminUrl, folder });
    note('the same through the contract');
    const taken = await app.do({ take: 'orders' });
    if (taken.rows !== rows) throw new Error(`${taken.rows} of ${rows} rows became records`);
    const figures = {
      rows,
      seconds: rounded(taken.seconds, 2),
      floor_seconds: rounded(floor, 2),
      ratio_to_copy: rounded(taken.seconds / floor, 2),
      peak_rss_mb: taken.peakRssMb,
    };
    return {
      figures,
      isInside: figures.ratio_to_copy <= BARS.ratio && figures.peak_rss_mb <= BARS.peakRssMb,
    };
  } finally {
    await app.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true });
  }
}
