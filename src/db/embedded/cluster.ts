import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Fault } from '../../core/fault.ts';
import type { Binaries } from './binaries.ts';
import { type Identity, spawnOptions } from './identity.ts';
import { type Paths, unfinishedEntries } from './paths.ts';
import type { StartOptions } from './postmaster.ts';

/** The name of the embedded server's superuser. */
export const SUPERUSER = 'postgres';

/** The secret in `path`; made at random, readable by us only, when there is none yet. */
export function secretIn(path: string): string {
  if (!existsSync(path))
    writeFileSync(path, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  return readFileSync(path, 'utf8').trim();
}

/**
 * The superuser's password: made together with the data folder, and useless without it.
 *
 * Throws: Fault('embedded_failed') when there is data but the password is gone.
 */
export function superuserPassword(paths: Paths): string {
  if (existsSync(paths.password) || !existsSync(join(paths.data, 'PG_VERSION')))
    return secretIn(paths.password);
  throw new Fault(
    'embedded_failed',
    `${paths.password} is gone, so nobody can log in to the data in ${paths.data}: restore that file, ` +
      'or move the data away to begin anew.',
  );
}

/**
 * Makes the data folder when it is empty; leaves one that is there alone.
 *
 * Made in a folder beside it and moved, so that a kill in the middle leaves nothing that looks finished.
 */
export function ensureCluster({ binaries, identity, paths, fast }: StartOptions): void {
  const { data } = paths;
  if (existsSync(join(data, 'PG_VERSION'))) {
    refuseOtherMajor(binaries, identity, data);
    return;
  }

  const work = join(data, `.new-${randomBytes(6).toString('hex')}`);
  removeLeftovers(data);
  mkdirSync(work, { recursive: true, mode: 0o700 });
  const passwordFile = join(work, 'password');
  writeFileSync(passwordFile, superuserPassword(paths), { mode: 0o600 });
  giveTo(identity, data, work, passwordFile);

  const fresh = join(work, 'data');
  const made = spawnSync(
    binaries.program('initdb'),
    // biome-ignore format: one option per line would hide the shape
    ['-D', fresh, '-U', SUPERUSER, '-A', 'scram-sha-256', '--pwfile', passwordFile, '--locale=C', '-E', 'UTF8', '--no-instructions', ...(fast ? ['--no-sync'] : [])],
    { ...spawnOptions(identity), encoding: 'utf8' },
  );
  if (made.status !== 0) {
    rmSync(work, { recursive: true, force: true });
    throw new Fault(
      'embedded_failed',
      `initdb failed in ${data}: ${made.error?.message ?? made.stderr.trim()}. ` +
        'Free space or permissions are the usual reason; or set DATABASE_URL.',
    );
  }
  for (const name of readdirSync(fresh).filter((entry) => entry !== 'PG_VERSION')) {
    renameSync(join(fresh, name), join(data, name));
  }
  renameSync(join(fresh, 'PG_VERSION'), join(data, 'PG_VERSION')); // last: its presence means "complete"
  rmSync(work, { recursive: true, force: true });
}

function giveTo({ uid, gid }: Identity, ...paths: readonly string[]): void {
  if (uid === undefined || gid === undefined) return;
  for (const path of paths) chownSync(path, uid, gid);
}

/** Clears what a killed initdb left: without PG_VERSION nothing in there was ever used. */
function removeLeftovers(data: string): void {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  chmodSync(data, 0o700); // a folder that was there already may be open to others, which PostgreSQL refuses
  const entries = unfinishedEntries(data);
  for (const name of entries) rmSync(join(data, name), { recursive: true, force: true });
}

function refuseOtherMajor(binaries: Binaries, identity: Identity, data: string): void {
  const has = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const asked = spawnSync(binaries.program('postgres'), ['--version'], {
    ...spawnOptions(identity),
    encoding: 'utf8',
  });
  const runs = /(\d+)\./.exec(asked.stdout)?.[1];
  if (runs === has) return;
  throw new Fault(
    'embedded_failed',
    `${data} was made by PostgreSQL ${has}; this is ${runs}. Move ${basename(data)} out of ${dirname(data)} to begin ` +
      'anew, or dump it with the old version and set DATABASE_URL.',
  );
}
