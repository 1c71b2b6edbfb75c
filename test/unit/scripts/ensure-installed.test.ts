import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from '../../support/scratch.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A clone with two packages and an npm that writes down how it was called, and installs by copying. */
function clone(): {
  folder: string;
  start: (env?: Record<string, string>) => { status: number | null; out: string; err: string };
} {
  const folder = scratchFolder();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const packages = {
    '': { name: 'clone' },
    'node_modules/postgres': { version: '3.4.9', integrity: 'sha512-a' },
    'node_modules/only-dev': { version: '1.0.0', integrity: 'sha512-b', dev: true },
    'node_modules/for-us': {
      version: '1.0.0',
      integrity: 'sha512-c',
      optional: true,
      os: [process.platform],
      cpu: [process.arch],
    },
    'node_modules/for-others': { version: '1.0.0', integrity: 'sha512-d', optional: true, os: ['plan9'] },
  };
  write('package-lock.json', JSON.stringify({ packages }));
  cpSync(join(ROOT, 'scripts'), join(folder, 'scripts'), { recursive: true });
  cpSync(join(ROOT, 'node_modules/postgres'), join(folder, 'stock/postgres'), { recursive: true });
  for (const name of ['only-dev', 'for-us']) write(`stock/${name}/package.json`, '{}');
  write(
    'npm.js',
    `const fs = require('fs');
     fs.appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
     console.log('npm speaks');
     fs.rmSync('node_modules', { recursive: true, force: true });
     fs.cpSync('stock', 'node_modules', { recursive: true });
     const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
     delete packages['']; delete packages['node_modules/for-others'];
     fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));`,
  );
  const start = (env = {}) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(folder, 'scripts/ensure-installed.mjs')],
      {
        encoding: 'utf8',
        env: { PATH: process.env.PATH ?? '', npm_execpath: join(folder, 'npm.js'), ...env },
      },
    );
    return { status, out: stdout, err: stderr };
  };
  return { folder, start };
}

const calls = (folder: string): string[] => {
  const path = join(folder, 'npm-calls');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
};

describe('before every script', () => {
  it('installs what is missing, says why on stderr, and keeps stdout clean', () => {
    const { folder, start } = clone();
    const { status, out, err } = start();

    expect({ status, out }).toEqual({ status: 0, out: '' });
    expect(err).toContain('installed packages because nothing is installed yet');
    expect(calls(folder)).toEqual(['ci --ignore-scripts --no-audit --no-fund']);
  });

  it('does nothing, silently, when all is there', () => {
    const { folder, start } = clone();
    start();

    expect(start()).toEqual({ status: 0, out: '', err: '' });
    expect(calls(folder)).toHaveLength(1);
  });

  it.each([
    [
      'a folder was removed',
      (folder: string) => rmSync(join(folder, 'node_modules/for-us'), { recursive: true }),
      'the folder of for-us is gone',
    ],
    [
      'the lock names another version',
      (folder: string) => replaceIn(join(folder, 'package-lock.json'), '"3.4.9"', '"3.4.8"'),
      'postgres is 3.4.9 instead of 3.4.8',
    ],
    [
      'the lock names another copy',
      (folder: string) => replaceIn(join(folder, 'package-lock.json'), 'sha512-a', 'sha512-z'),
      'postgres is not the copy',
    ],
  ])('installs again when %s', (_, change, why) => {
    const { folder, start } = clone();
    start();
    change(folder);

    expect(start().err).toContain(why);
    expect(calls(folder)).toHaveLength(2);
  });

  it('does without development packages in production, except for tests', () => {
    const { folder, start } = clone();
    start();
    rmSync(join(folder, 'node_modules/only-dev'), { recursive: true });
    start({ NODE_ENV: 'production' });
    expect(calls(folder)).toHaveLength(1);

    start({ NODE_ENV: 'production', npm_lifecycle_event: 'pretest' });
    expect(calls(folder)[1]).toContain('--include=dev');
  });

  it('mends the driver, also one that another version of the guard mended', () => {
    const { folder, start } = clone();
    start();
    const path = join(folder, 'node_modules/postgres/src/index.js');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(/postgres-guard\.mjs \w+/, 'postgres-guard.mjs 0123'),
    );
    const { status, err } = start();

    expect(status).toBe(0);
    expect(err).toContain('another version of scripts/postgres-guard.mjs');
  });

  it('ends with exit code 2 when npm fails', () => {
    const { folder, start } = clone();
    writeFileSync(join(folder, 'npm.js'), 'process.exit(1)');

    expect(start()).toMatchObject({ status: 2, err: expect.stringContaining('npm ci failed (exit code 1)') });
  });
});

function replaceIn(path: string, text: string, by: string): void {
  writeFileSync(path, readFileSync(path, 'utf8').replace(text, by));
}
