#!/usr/bin/env node
// Mends postgres.js 3.4.9 in node_modules, exactly and only where the text below is found.
//
// Why: as published, a lost connection throws where nobody can catch it and leaves queries that never
// settle; a transaction whose connection died goes on outside any transaction; a cursor that died looks
// complete. Measured on 2026-11-22 by scripts/torture-postgres.mjs: 5 crashes, 5 uncaught exceptions without these
// mends; 40 crashes, none with them. Known upstream as porsager/postgres#1066, #1154 and #1208.
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MENDS } from './lib/postgres-mends.mjs';

const VERSION = '3.4.9';
const MARK = '/* mended by scripts/postgres-guard.mjs ';

/** What `source` becomes with all of its mends; throws when a text is not found exactly once. */
export function mend(source, mends, file) {
  return mends.reduce((text, { why, find, put }) => {
    const parts = text.split(find);
    if (parts.length === 2) return parts.join(put);
    throw new Error(
      `postgres-guard: ${file}: expected once, found ${parts.length - 1} times: the text for "${why}". ` +
        `This guard knows postgres ${VERSION} as published: run "rm -rf node_modules/postgres && npm ci", ` +
        'and look at scripts/lib/postgres-mends.mjs when the version was changed on purpose.',
    );
  }, source);
}

/** The file carries the mends of another version of this guard, so the published text is needed again. */
function staleGuard(path) {
  const error = new Error(
    `postgres-guard: ${path} was mended by another version of the guard. Run "rm -rf node_modules/postgres && npm ci".`,
  );
  return Object.assign(error, { code: 'GUARD_STALE' });
}

function replaceFile(path, text) {
  const fresh = `${path}.${process.pid}.tmp`;
  writeFileSync(fresh, text);
  renameSync(fresh, path); // at once, so that a process that is importing it never reads half a file
}

/** Mends every copy that Node can load; returns the files changed (none when all was done before). */
export function guardPostgres(root) {
  const folder = join(root, 'node_modules', 'postgres');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (version !== VERSION) {
    throw new Error(
      `postgres-guard: found postgres ${version}, made for ${VERSION}. Pin postgres to ${VERSION} in package.json, ` +
        'or prove the new version with scripts/torture-postgres.mjs and then change the guard.',
    );
  }
  // index.js comes last: it carries the mark that src/db/client.ts asks for, so the mark means "all of it".
  const todo = ['src', 'cjs/src'].flatMap((base) =>
    Object.entries(MENDS).map(([name, mends]) => ({ path: join(folder, base, name), mends })),
  );
  const changed = todo.flatMap(({ path, mends }) => {
    const source = readFileSync(path, 'utf8');
    const mark = `${MARK}${createHash('sha256').update(JSON.stringify(mends)).digest('hex').slice(0, 16)} */\n`;
    if (source.startsWith(mark)) return [];
    if (source.startsWith(MARK)) throw staleGuard(path);
    return [{ path, text: `${mark}${mend(source, mends, path)}` }];
  });
  for (const { path, text } of changed) replaceFile(path, text);
  return changed.map(({ path }) => path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const changed = guardPostgres(join(dirname(fileURLToPath(import.meta.url)), '..'));
    process.stderr.write(`postgres-guard: ${changed.length} files mended\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
