import { enter, livingPresences, withProcessLock } from '../../../scripts/lib/process-lock.mjs';
import { findBinaries } from './binaries.ts';
import { ensureCluster, SUPERUSER, superuserPassword } from './cluster.ts';
import { serverIdentity } from './identity.ts';
import { type Paths, pathsFor } from './paths.ts';
import {
  type Postmaster,
  readyPostmaster,
  runningPostmaster,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts';

export type Embedded = {
  /** As superuser, to the database `postgres`. */
  readonly url: string;
  readonly port: number;
  /** The postmaster's process. */
  readonly pid: number;
  /** False: a server that was running already is used. */
  readonly started: boolean;
  /** Leaves the server; the last process to leave stops it. May be called more than once. */
  readonly stop: () => Promise<void>;
};

export type EmbeddedOptions = {
  /** Where the data lives; `.password`, `.log`, `.lock`, `.users` and sometimes `.location` with that name lie beside it. */
  readonly dataDir: string;
  /** For tests: no fsync. A crash of the machine may lose the data; a crash of PostgreSQL loses nothing. */
  readonly fast?: boolean;
  /** Only for a server that is not running yet; otherwise a free port is found. */
  readonly port?: number;
};

/**
 * A real PostgreSQL on 127.0.0.1, started when it does not run yet, shared with every process that asks for the
 * same folder. A process that is killed leaves it running; the next one finds it, and the last to leave stops it.
 *
 * Throws: Fault('embedded_unavailable') when this machine cannot run it, Fault('embedded_failed') when it will not start.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const identity = serverIdentity();
  const paths = pathsFor(options.dataDir, identity);

  return withProcessLock(paths.lock, async () => {
    const password = superuserPassword(paths);
    const running = await readyPostmaster(paths.data);
    const postmaster = running ?? (await startFresh());
    const presence = enter(paths.users);
    return {
      url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${postmaster.port}/postgres`,
      port: postmaster.port,
      pid: postmaster.pid,
      started: running === undefined,
      stop: () => leave(paths, presence.leave),
    };
  });

  function startFresh(): Promise<Postmaster> {
    const { fast = false, port } = options;
    const start = { binaries: findBinaries(identity), identity, paths, fast, port };
    ensureCluster(start);
    return startPostmaster(start);
  }
}

function leave(paths: Paths, withdraw: () => void): Promise<void> {
  return withProcessLock(paths.lock, async () => {
    withdraw();
    if (livingPresences(paths.users, '').length > 0) return;
    // Asked anew: ours may have crashed since, and its pid may be somebody else's by now.
    const running = runningPostmaster(paths.data);
    if (running !== undefined) await stopPostmaster(running);
  });
}
