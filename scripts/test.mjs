#!/usr/bin/env node
// What `npm test` runs: style, types, unused code, then every test with coverage.
// `npm test -- <files or vitest options>` runs vitest alone, on these.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const given = process.argv.slice(2);

const CHECKS = [
  { name: 'biome check', args: ['biome', 'check', '.'] },
  { name: 'tsc', args: ['tsc', '--noEmit'] },
  { name: 'knip', args: ['knip'] },
  { name: 'vitest', args: ['vitest', 'run', '--coverage'] },
];
const ONLY_VITEST = [{ name: 'vitest', args: ['vitest', 'run', ...given] }];

/** Runs one check to its end, its output ours; resolves with how it went. */
function run({ name, args: [program, ...args] }) {
  const began = Date.now();
  const path = join(ROOT, 'node_modules', '.bin', process.platform === 'win32' ? `${program}.cmd` : program);
  const child = spawn(path, args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
  return new Promise((resolve) => {
    const end = (isOk, how) => resolve({ name, isOk, how, seconds: (Date.now() - began) / 1000 });
    child.on('error', (error) => end(false, error.message));
    child.on('exit', (code, signal) => end(code === 0, signal ?? `exit code ${code}`));
  });
}

const results = [];
// All of them, also after a failure: the person wants to know everything that is wrong.
for (const check of given.length > 0 ? ONLY_VITEST : CHECKS) {
  process.stdout.write(`\n── ${check.name}\n`);
  results.push(await run(check));
}

process.stdout.write('\n');
for (const { name, isOk, how, seconds } of results) {
  process.stdout.write(
    `${isOk ? 'ok    ' : 'FAILED'}  ${name.padEnd(12)} ${seconds.toFixed(1)} s${isOk ? '' : `  (${how})`}\n`,
  );
}
const failed = results.filter(({ isOk }) => !isOk);
const total = results.reduce((sum, { seconds }) => sum + seconds, 0);
process.stdout.write(
  `${results.length - failed.length} of ${results.length} checks passed in ${total.toFixed(1)} s\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
