import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FeedContract } from '../../core/contract.ts';
import { Fault } from '../../core/fault.ts';

/**
 * The files that a contract's patterns name, absolute, each once, sorted by path within each pattern.
 *
 * Shape:  `*` and `?` count in the last part of a path only. Only regular files; a folder or a device is refused.
 * Throws: Fault('file_missing') naming feed and pattern when a pattern finds nothing, Fault('file_not_regular').
 */
export async function pendingFiles(contract: FeedContract): Promise<readonly string[]> {
  if (contract.files.length === 0) {
    const message = `Feed "${contract.feed}" names no files: add files: […] to its file, or pass --file.`;
    throw new Fault('file_missing', message);
  }
  const found: string[] = [];
  for (const pattern of contract.files) found.push(...(await expand(pattern, contract.feed)));
  return [...new Set(found)];
}

async function expand(pattern: string, feed: string): Promise<readonly string[]> {
  const last = basename(pattern);
  const isGlob = /[*?]/.test(last);
  const folder = dirname(pattern);
  const names = isGlob ? await matching(folder, last) : [last];
  const paths = names.map((name) => join(folder, name));
  const kinds = await Promise.all(paths.map(kindOf));
  const strange = paths.find((_path, index) => kinds[index] === 'other');
  // A folder that a glob happens to catch is passed over; one that was named is a mistake.
  if (strange !== undefined && !isGlob) {
    throw new Fault('file_not_regular', `Feed "${feed}": ${strange} is not a regular file; name a file.`);
  }
  const files = paths.filter((_path, index) => kinds[index] === 'file');
  if (files.length > 0) return files;
  throw new Fault(
    'file_missing',
    `Feed "${feed}": no file matches ${pattern}. Check files: in its file, and the folder.`,
  );
}

async function matching(folder: string, glob: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw new Fault('file_unreadable', `${folder}: ${error.message}. Check its permissions.`, {
      cause: error,
    });
  });
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const pattern = new RegExp(`^${source}$`, 's');
  return names.filter((name) => pattern.test(name)).sort();
}

async function kindOf(path: string): Promise<'file' | 'other' | 'missing'> {
  try {
    return (await stat(path)).isFile() ? 'file' : 'other';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    const message = error instanceof Error ? error.message : String(error);
    throw new Fault('file_unreadable', `${path}: ${message}. Check its permissions.`, { cause: error });
  }
}
