#!/usr/bin/env node
// The crash test of test/integration/db/crash.test.ts, for longer: `node scripts/torture-postgres.mjs 40`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const crashes = process.argv[2] ?? '40';
const done = spawnSync(
  process.execPath,
  [fileURLToPath(new URL('test.mjs', import.meta.url)), 'test/integration/db/crash.test.ts'],
  { stdio: 'inherit', env: { ...process.env, TORTURE_CRASHES: crashes } },
);
process.exitCode = done.status ?? 1;
