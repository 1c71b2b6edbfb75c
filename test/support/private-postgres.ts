import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../scripts/lib/process-lock.mjs';
import { createDatabaseIfMissing, provisionAppLogin } from '../../src/db/databases.ts';
import { startEmbedded } from '../../src/db/embedded/server.ts';
import { migrate } from '../../src/db/migrate.ts';

export type Outage = { readonly signal: NodeJS.Signals; readonly downMs: number };

/** A server of one's own, with the application's database in it, to be crashed. */
export type PrivatePostgres = {
  readonly url: string;
  readonly adminUrl: string;
  /** Ends the server and starts it again on the same port; resolves when it takes connections. */
  readonly crash: (outage: Outage) => Promise<void>;
  /** Stops the server and removes its data. */
  readonly stop: () => Promise<void>;
};

/** `fast: false` waits for the disk as in production: for measuring. */
export async function startPrivatePostgres({ fast = true } = {}): Promise<PrivatePostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-private-'));
  chmodSync(folder, 0o755); // PostgreSQL may run as another user
  const dataDir = join(folder, 'postgres');
  let server = await startEmbedded({ dataDir, fast });
  const adminUrl = await createDatabaseIfMissing(server.url, 'tieout');
  await migrate(adminUrl);
  const password = randomBytes(16).toString('hex');
  const url = await provisionAppLogin(server.url, { database: 'tieout', password });
  return {
    url,
    adminUrl,
    crash: async ({ signal, downMs }) => {
      const crashed = server;
      process.kill(crashed.pid, signal);
      while (isAlive(crashed.pid)) await sleep(5);
      await sleep(downMs);
      server = await startEmbedded({ dataDir, fast, port: crashed.port });
      await crashed.stop(); // the new handle keeps the server
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
