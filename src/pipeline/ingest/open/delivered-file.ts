import { createHash } from 'node:crypto';
import { type BigIntStats, createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DEFAULT_LIMITS, type Limits } from '../../../core/contract.ts';
import { Fault } from '../../../core/fault.ts';
import type { DeliveryProblem } from '../problem.ts';
import type { Watch } from '../watch.ts';

/** A regular file to read, with what it was when it was first looked at. */
export type DeliveredFile = {
  readonly path: string;
  readonly bytes: bigint;
  readonly head: Buffer;
  readonly identity: Identity;
  /** Made of several: its text is UTF-8, whatever the contract says of theirs. */
  readonly isUtf8?: boolean;
  readonly parts?: readonly Part[];
  /** Why nothing of it can be taken, found while they were put together. */
  readonly problem?: DeliveryProblem | undefined;
};

/** By what a file is known to be the one that was looked at. */
type Identity = {
  readonly changedNs: bigint;
  /** sha256, hex; as soon as somebody has read it to its end. */
  checksum: string | undefined;
};

/** One of several files, and the line of all of them together that it begins on. */
export type Part = { readonly name: string; readonly line: number };

/** A header of a thousand columns; what is recognised by the first bytes is recognised within these. */
const HEAD = 65_536;
/** Small enough that what was read goes out to the database in between: of four times as much it waited for every fifth moment (2026-11-29). */
export const BLOCK = 65_536;
/** For who only hashes what was read: 73 MB take 0.08 s instead of 0.2 to 0.3 s (2026-11-30). */
const HASHED_BLOCK = 1_048_576;

/**
 * Hands `use` a regular file with the delivered bytes; a stream is spooled to a temporary file, removed afterwards.
 *
 * Throws: Fault('file_missing'), Fault('file_not_regular'), Fault('file_unreadable'), Fault('stream_too_large').
 */
export async function withDeliveredFile<T>(
  from: { readonly path: string } | { readonly stream: Readable },
  {
    limits = DEFAULT_LIMITS,
    watch,
  }: { readonly limits?: Limits | undefined; readonly watch?: Watch | undefined },
  use: (file: DeliveredFile) => Promise<T>,
): Promise<T> {
  if ('path' in from) return use(await inspect(from.path));
  const folder = await mkdtemp(join(tmpdir(), 'tieout-'));
  try {
    const path = join(folder, 'delivery');
    await pipeline(from.stream, bounded(limits, watch), createWriteStream(path, { mode: 0o600 }));
    return await use(await inspect(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A stream that never ends must not fill the disk. */
const bounded = ({ bytes }: Limits, watch: Watch | undefined) =>
  async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let size = 0;
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > bytes) {
        const message = `The stream has more than ${bytes} bytes; nothing of it was taken. Raise limits: { bytes: … } in the feed if it is right.`;
        throw new Fault('stream_too_large', message);
      }
      watch?.read({ bytes: size, ofBytes: undefined, rows: 0 });
      yield chunk;
    }
  };

/** Looks at a file, and knows it again. */
export async function inspect(path: string): Promise<DeliveredFile> {
  const found = await statOf(path);
  // A device or a pipe never ends, or cannot be read twice.
  if (!found.isFile()) {
    throw new Fault(
      'file_not_regular',
      `${path} is not a regular file; name a file, or pass it on standard input.`,
    );
  }
  const heads: Buffer[] = [];
  for await (const chunk of openFile(path, HEAD, HEAD)) heads.push(chunk);
  const identity = { changedNs: found.mtimeNs, checksum: undefined };
  return { path, bytes: found.size, head: Buffer.concat(heads), identity };
}

/** The file's sha256, hex. It is read for that when nobody has read it to its end. */
export async function checksumOf({ path, identity }: DeliveredFile): Promise<string> {
  if (identity.checksum !== undefined) return identity.checksum;
  const hash = createHash('sha256');
  for await (const chunk of openFile(path, HASHED_BLOCK)) hash.update(chunk);
  identity.checksum = hash.digest('hex');
  return identity.checksum;
}

/**
 * The file's bytes.
 *
 * Throws: Fault('file_changed') at the end when it is not the file that was looked at, or has other bytes than the last time
 *         it was read: somebody still writes to it.
 */
export async function* readBytes(
  file: DeliveredFile,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  const hash = createHash('sha256');
  for await (const chunk of openFile(file.path, BLOCK)) {
    hash.update(chunk);
    bytes += chunk.length;
    onBytes?.(bytes);
    yield chunk;
  }
  const checksum = hash.digest('hex');
  const known = file.identity.checksum;
  const isSame = known === undefined ? await isUntouched(file) : known === checksum;
  if (isSame && BigInt(bytes) === file.bytes) {
    file.identity.checksum = checksum;
    return;
  }
  const message = `${file.path} changed while it was read; deliver it again when it is complete.`;
  throw new Fault('file_changed', message, { retryable: true });
}

async function isUntouched({ path, bytes, identity }: DeliveredFile): Promise<boolean> {
  const { size, mtimeNs } = await statOf(path);
  return size === bytes && mtimeNs === identity.changedNs;
}

const statOf = (path: string): Promise<BigIntStats> =>
  stat(path, { bigint: true }).catch((cause: NodeJS.ErrnoException) => {
    const code = cause.code === 'ENOENT' ? 'file_missing' : 'file_unreadable';
    throw new Fault(code, `${path}: ${cause.message}. Check the path and its permissions.`, { cause });
  });

async function* openFile(path: string, highWaterMark: number, most = Infinity): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark, end: most - 1 }) as AsyncIterable<Buffer>;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Fault('file_unreadable', `${path}: ${message}. Check the path and its permissions.`, { cause });
  }
}
