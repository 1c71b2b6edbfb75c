#!/usr/bin/env node
// Runs before every npm script that needs node_modules: brings them in line with package-lock.json and mends the
// database driver. Plain Node, nothing installed; silent when there is nothing to do; never writes to stdout.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { acceptMissing, differences } from './lib/installed.mjs';
import { withProcessLock } from './lib/process-lock.mjs';
import { guardPostgres } from './postgres-guard.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OLDEST_NODE = [20, 19];

const say = (line) => process.stderr.write(`${line}\n`);

function isNodeTooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  return major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
}

/** What is asked for: tests need the development packages, also where NODE_ENV says production. */
function wanted() {
  const omitted = (process.env.npm_config_omit ?? '').split(/[\s,]+/);
  const isForTests = ['pretest', 'prebench'].includes(process.env.npm_lifecycle_event ?? '');
  return {
    dev: isForTests || !(omitted.includes('dev') || process.env.NODE_ENV === 'production'),
    optional: !omitted.includes('optional'),
    isForTests,
  };
}

function npmCi({ isForTests }) {
  const args = [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    ...(isForTests ? ['--include=dev'] : []),
  ];
  // npm tells its scripts where it is; run by hand there is only the name.
  const npm = process.env.npm_execpath;
  const options = { cwd: ROOT, stdio: ['ignore', 2, 2] };
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (done.status === 0) return;
  say(
    `npm ci failed (${done.error?.message ?? `exit code ${done.status}`}): see above, then run it by hand in ${ROOT}`,
  );
  process.exit(2);
}

function install(why, want) {
  const began = Date.now();
  npmCi(want);
  say(`installed packages because ${why}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** The guard's work; false when only a fresh copy of the driver helps. */
function isGuarded() {
  try {
    guardPostgres(ROOT);
    return true;
  } catch (error) {
    if (error.code === 'GUARD_STALE') return false;
    throw error;
  }
}

async function ensureInstalled() {
  const want = wanted();
  if (differences(ROOT, want).length === 0 && isGuarded()) return;

  await withProcessLock(join(ROOT, '.tieout', 'install.lock'), async () => {
    const [first] = differences(ROOT, want); // again: another start may have installed while we waited
    if (first !== undefined) install(first.why, want);
    if (!isGuarded()) {
      install('the database driver was mended by another version of scripts/postgres-guard.mjs', want);
      guardPostgres(ROOT);
    }
    const left = differences(ROOT, want);
    const missing = left.find(({ isOptional }) => !isOptional);
    if (missing !== undefined)
      throw new Error(`after npm ci still: ${missing.why}. Remove node_modules and try again.`);
    if (left.length > 0) {
      say(`not available for this machine: ${left.map(({ name }) => name).join(', ')}`);
      acceptMissing(ROOT, left);
    }
  });
}

if (isNodeTooOld(process.versions.node)) {
  say(
    `Tieout needs Node ${OLDEST_NODE.join('.')} or later, this is ${process.versions.node}: see https://nodejs.org`,
  );
  process.exit(2);
}
try {
  await ensureInstalled();
} catch (error) {
  say(error.message);
  process.exit(2);
}
