import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DEFAULT_LIMITS, type Limits } from '../../../core/contract.ts';
import { Fault } from '../../../core/fault.ts';
import type { DeliveryProblem } from '../problem.ts';
import type { Watch } from '../watch.ts';

/** A regular file to read, with what its bytes were when it was first looked at. */
export type DeliveredFile = {
  readonly path: string;
  readonly bytes: bigint;
  /** sha256, hex. */
  readonly checksum: string;
  readonly head: Buffer;
  /** Made of several: its text is UTF-8, whatever the contract says of theirs. */
  readonly isUtf8?: boolean;
  readonly parts?: readonly Part[];
  /** Why nothing of it can be taken, found while they were put together. */
  readonly problem?: DeliveryProblem | undefined;
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

/** Looks at a file once, and knows it again by its bytes. */
export async function inspect(path: string): Promise<DeliveredFile> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const code = cause.code === 'ENOENT' ? 'file_missing' : 'file_unreadable';
    throw new Fault(code, `${path}: ${cause.message}. Check the path and its permissions.`, { cause });
  });
  // A device or a pipe never ends, or cannot be read twice.
  if (!found.isFile()) {
    throw new Fault(
      'file_not_regular',
      `${path} is not a regular file; name a file, or pass it on standard input.`,
    );
  }
  const hash = createHash('sha256');
  const heads: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of openFile(path, HASHED_BLOCK)) {
    if (bytes < HEAD) heads.push(chunk.subarray(0, HEAD - bytes));
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { path, bytes: BigInt(bytes), checksum: hash.digest('hex'), head: Buffer.concat(heads) };
}

/**
 * The file's bytes, read again.
 *
 * Throws: Fault('file_changed') at the end when they are not those of the first reading: somebody still writes to it.
 */
export async function* readAgain(
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
  if (hash.digest('hex') === file.checksum) return;
  const message = `${file.path} changed while it was read; deliver it again when it is complete.`;
  throw new Fault('file_changed', message, { retryable: true });
}

async function* openFile(path: string, highWaterMark: number): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark }) as AsyncIterable<Buffer>;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Fault('file_unreadable', `${path}: ${message}. Check the path and its permissions.`, { cause });
  }
}
