import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FeedContract } from '../../core/contract.ts';
import { Fault } from '../../core/fault.ts';

export type PendingFiles = {
  /** Absolute, each once, sorted by path within each pattern. */
  readonly ready: readonly string[];
  /** Files that are not there to their end, and why. */
  readonly waiting: readonly { readonly path: string; readonly why: string }[];
  /** Patterns that find nothing by now. */
  readonly absent: readonly string[];
};

/**
 * The files that a contract's patterns name, as far as they are complete.
 *
 * Shape:  `*` and `?` count in the last part of a path only, and pass over the names that programs give files they still write. Only regular
 *         files; a folder or a device is refused.
 * Throws: Fault('file_missing') naming feed and file when one that is named without them is not there, Fault('file_not_regular').
 */
export async function pendingFiles(
  contract: FeedContract,
  { now }: { readonly now: Date },
): Promise<PendingFiles> {
  const found: string[] = [];
  const absent: string[] = [];
  for (const pattern of contract.files) {
    const files = await expand(pattern, contract);
    if (files.length === 0) absent.push(pattern);
    found.push(...files);
  }
  const paths = [...new Set(found)];
  const reasons = await Promise.all(paths.map((path) => whyIncomplete(path, contract, now)));
  const waiting = paths.flatMap((path, index) => {
    const why = reasons[index];
    return why === undefined ? [] : [{ path, why }];
  });
  return { ready: paths.filter((_path, index) => reasons[index] === undefined), waiting, absent };
}

async function whyIncomplete(
  path: string,
  { complete }: FeedContract,
  now: Date,
): Promise<string | undefined> {
  if (complete === undefined) return undefined;
  if ('marker' in complete) {
    const marker = complete.marker.replace('{file}', basename(path));
    const isThere = (await kindOf(join(dirname(path), marker))) === 'file';
    return isThere ? undefined : `there is no ${marker} beside it yet`;
  }
  const { mtimeMs } = await stat(path);
  const quietMs = now.getTime() - mtimeMs;
  if (quietMs >= complete.quietMs) return undefined;
  const seconds = Math.max(0, Math.round(quietMs / 1_000));
  return `somebody wrote to it ${seconds} s ago, and it counts as complete after ${complete.quietMs / 1_000} s`;
}

async function expand(
  pattern: string,
  { feed, complete }: Pick<FeedContract, 'feed' | 'complete'>,
): Promise<readonly string[]> {
  const last = basename(pattern);
  const isGlob = /[*?]/.test(last);
  const folder = dirname(pattern);
  const isData = (name: string): boolean => !isUnfinished(name, last) && !isMarker(name, complete);
  const names = isGlob ? (await matching(folder, last)).filter(isData) : [last];
  const paths = names.map((name) => join(folder, name));
  const kinds = await Promise.all(paths.map(kindOf));
  const strange = paths.find((_path, index) => kinds[index] === 'other');
  // A folder that a glob happens to catch is passed over; one that was named is a mistake.
  if (strange !== undefined && !isGlob) {
    throw new Fault('file_not_regular', `Feed "${feed}": ${strange} is not a regular file; name a file.`);
  }
  const files = paths.filter((_path, index) => kinds[index] === 'file');
  if (files.length > 0 || isGlob) return files;
  throw new Fault(
    'file_missing',
    `Feed "${feed}": no file matches ${pattern}. Check files: in its file, and the folder.`,
  );
}

/** Hidden, or named as what copies, downloads and uploads give a file until it is whole; unless the pattern says so itself. */
const isUnfinished = (name: string, glob: string): boolean => UNFINISHED.test(name) && !UNFINISHED.test(glob);
const UNFINISHED =
  /^[.~]|\.(?:part|partial|filepart|crdownload|download|tmp|temp|swp|uploading|inprogress)$/i;

/** A file that says of others that they are complete is no delivery, though a glob such as `*` catches it. */
function isMarker(name: string, complete: FeedContract['complete']): boolean {
  if (complete === undefined || !('marker' in complete)) return false;
  const [before = '', after] = complete.marker.split('{file}');
  if (after === undefined) return name === complete.marker;
  return name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after);
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
