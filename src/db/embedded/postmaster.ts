import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../../scripts/lib/process-lock.mjs';
import { Fault } from '../../core/fault.ts';
import type { Binaries } from './binaries.ts';
import { type Identity, spawnOptions } from './identity.ts';
import type { Paths } from './paths.ts';
import { sharedBuffers } from './shared-buffers.ts';

/** A server that runs: its process and its port on 127.0.0.1. */
export type Postmaster = { readonly pid: number; readonly port: number };

const START_TIMEOUT_MS = 60_000; // recovery after a crash of a large database takes its time
const STOP_TIMEOUT_MS = 20_000;

/** The server that runs on `data` now, with its state as PostgreSQL wrote it; undefined when there is none. */
export function runningPostmaster(data: string): (Postmaster & { ready: boolean }) | undefined {
  const [pid, , , port, , , , status] = readLines(join(data, 'postmaster.pid'));
  if (pid === undefined || !isAlive(Number(pid)) || !isPostgres(Number(pid), data)) return undefined;
  return { pid: Number(pid), port: Number(port), ready: status?.trim() === 'ready' };
}

// After a restart of the machine the pid in the file may be somebody else's.
function isPostgres(pid: number, data: string): boolean {
  if (process.platform !== 'linux') return true;
  const [commandLine = ''] = readLines(`/proc/${pid}/cmdline`);
  return commandLine.split('\0').includes(data);
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return [];
    throw error;
  }
}

export type StartOptions = {
  readonly binaries: Binaries;
  readonly identity: Identity;
  readonly paths: Paths;
  readonly fast: boolean;
  readonly port?: number | undefined;
};

/**
 * Starts the server on its data folder and resolves when it takes connections.
 *
 * Throws: Fault('embedded_failed') with the end of the server's log.
 */
export async function startPostmaster(options: StartOptions): Promise<Postmaster> {
  const { data } = options.paths;
  // Left by a crash; with a reused pid in it PostgreSQL would refuse to start. Nobody runs: the caller holds the lock.
  if (runningPostmaster(data) === undefined) rmSync(join(data, 'postmaster.pid'), { force: true });

  const until = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const port = options.port ?? (await freePort());
    const outcome = await Promise.race([launch(options, port), ready(data)]);
    if (typeof outcome === 'object') return outcome;
    const why = endOfLog(options.paths.log);
    if (Date.now() > until || !isPassing(why, options.port)) {
      throw new Fault(
        'embedded_failed',
        `The embedded PostgreSQL did not start (${outcome}). The end of ${options.paths.log}:\n${why}`,
      );
    }
    await sleep(100);
  }
}

/** Whether trying again helps. */
function isPassing(endOfLog: string, port: number | undefined): boolean {
  // Between finding a free port and listening on it, another program took it.
  if (endOfLog.includes('could not bind')) return port === undefined;
  // The children of a server that was killed need a moment to notice.
  return endOfLog.includes('pre-existing shared memory block') || endOfLog.includes('is still in use');
}

/**
 * What a night of a million records needs more than the defaults of PostgreSQL, which are for a machine of 2005: without
 * it every page is written to the log once a minute, as a whole. Two million records and what comes of them are 2.7 GB of log: at
 * 4 GB a checkpoint begins meanwhile, and each page that is read for the first time after it is written as a whole for having been
 * read. The next small delivery wrote 709 MB of log then and took 13.7 and 13.8 s; at 8 GB 52 MB, 11.7 and 12.3 s (alternating;
 * 2026-11-30).
 *
 * Disk is taken as it is used: a file of the log is not filled with zeros before it is filled with what it is for, which on a new
 * server was a tenth of a first delivery (2026-11-30, a million rows). The log is written out every 10 ms: every 200 ms, whoever
 * writes much waits for it to be, or does it himself. The same million took 4.5 to 4.7 s instead of 5.2 to 5.6 (four alternating
 * runs). Pages go into the log as they are: making them smaller, a night in which one order of a hundred changed cost a million
 * orders' database 36.5 and 39.4 s of processor instead of 21.3 and 22.2, while its log is 570 MB and not 243 (seen once). At
 * 300,000 a first night took the same.
 */
const FOR_BULK = {
  max_wal_size: '8GB',
  checkpoint_timeout: '15min',
  wal_init_zero: 'off',
  wal_writer_delay: '10ms',
} as const;

/**
 * Where the C library is glibc (elsewhere the variable means nothing), a server process keeps the memory that a
 * statement was done with for its next one, up to half a gigabyte, until its connection ends. By default it goes back
 * to the system after every sort and every hash table, and is cleared again page by page for the next. Measured
 * 2026-12-01, alternating, a first night of a million rows: 52.6, 53.5, 53.0 s without; 50.1, 49.5, 51.0 s with.
 */
const KEEPS_MEMORY = {
  GLIBC_TUNABLES: 'glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=536870912',
};

function launch({ binaries, identity, paths, fast, port: _ }: StartOptions, port: number): Promise<string> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '', // nothing in /tmp that another user could take the name of
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    ...FOR_BULK,
    shared_buffers: sharedBuffers(),
    cluster_name: 'tieout',
    ...(fast ? { fsync: 'off', full_page_writes: 'off' } : {}), // for tests: survives kill -9, not a power cut
  };
  const log = openSync(paths.log, 'a', 0o600);
  const options = spawnOptions(identity);
  const server = spawn(
    binaries.program('postgres'),
    ['-D', paths.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // Detached: Ctrl-C in the terminal reaches us first, and we stop the server after our own work is done.
    { ...options, env: { ...options.env, ...KEEPS_MEMORY }, detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  server.unref();
  return new Promise((resolve) => {
    server.on('error', (error) => resolve(error.message));
    server.on('exit', (code, signal) => resolve(`it ended with ${signal ?? `exit code ${code}`}`));
  });
}

async function ready(data: string): Promise<Postmaster | string> {
  const until = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < until) {
    const found = runningPostmaster(data);
    if (found?.ready) return found;
    await sleep(10);
  }
  return `not ready after ${START_TIMEOUT_MS / 1000} s`;
}

/** Waits for a server that another process is starting; undefined when it went away instead. */
export async function readyPostmaster(data: string): Promise<Postmaster | undefined> {
  const until = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < until) {
    const found = runningPostmaster(data);
    if (found === undefined || found.ready) return found;
    await sleep(10);
  }
  throw new Fault(
    'embedded_failed',
    `The PostgreSQL on ${data} is not ready after ${START_TIMEOUT_MS / 1000} s.`,
  );
}

/** Stops the server: connections are ended, everything committed is on disk. Resolves when its process is gone. */
export async function stopPostmaster({ pid }: Postmaster): Promise<void> {
  signal(pid, 'SIGINT'); // PostgreSQL's fast shutdown
  const until = Date.now() + STOP_TIMEOUT_MS;
  while (isAlive(pid)) {
    if (Date.now() > until) {
      signal(pid, 'SIGQUIT'); // immediate: recovers at the next start
      return;
    }
    await sleep(10);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error; // gone already is fine
  }
}

function endOfLog(path: string): string {
  return readLines(path).slice(-12).join('\n').trim();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
