import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DEFAULT_LIMITS, type Limits } from '../../../core/contract.ts';
import type { DeliveryProblem } from '../problem.ts';
import { decoderOf, Undecodable } from './decode.ts';
import { BLOCK, type DeliveredFile, readBytes } from './delivered-file.ts';
import type { Manner } from './recognise.ts';

/** Thrown through the stages of reading, to become the delivery's problem. */
class Unreadable extends Error {
  readonly problem: DeliveryProblem;
  constructor(problem: DeliveryProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/**
 * The delivery's text in UTF-8, unpacked, without a byte order mark. A problem on the way is told by `fail`, and nothing comes after it.
 *
 * Throws: Fault('file_changed') at the end when somebody still writes to the file.
 */
export async function* textOf(
  file: DeliveredFile,
  manner: Manner,
  {
    fail,
    onBytes,
  }: { readonly fail: (problem: DeliveryProblem) => void; readonly onBytes?: (bytes: number) => void },
): AsyncGenerator<Buffer> {
  const { limits = DEFAULT_LIMITS } = manner.contract;
  const bytes = readBytes(file, onBytes);
  const unpacked = manner.isGzip ? unpack(bytes, limits) : bounded(bytes, limits);
  try {
    yield* withoutMark(manner.encoding === 'utf-8' ? unpacked : decoded(unpacked, manner.encoding));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    fail(error.problem);
  }
}

/** Small files may be packed as tightly as they like: `000…` within one cell is no bomb yet. */
const RATIO_FROM = 32 * 1024 ** 2;

async function* unpack(chunks: AsyncIterable<Buffer>, limits: Limits): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: BLOCK });
  // Whatever breaks reaches the loop below by the stream itself.
  const feeding = pipeline(Readable.from(chunks), gunzip).catch(() => undefined);
  let size = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      size += chunk.length;
      checkSize(size, limits);
      if (size > RATIO_FROM && size > limits.ratio * gunzip.bytesWritten) throw tooTight(limits);
      yield chunk;
    }
    await feeding;
  } catch (error) {
    throw zipProblem(error) ?? error;
  } finally {
    gunzip.destroy();
  }
}

function zipProblem(error: unknown): Unreadable | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'Z_BUF_ERROR') {
    const detail =
      'the gzip file ends in the middle: it looks like half a file; deliver it again when it is complete';
    return new Unreadable({ code: 'file_truncated', detail });
  }
  if (typeof code !== 'string' || !code.startsWith('Z_')) return undefined;
  const detail = `the gzip file is damaged (${(error as Error).message}); pack and deliver it again`;
  return new Unreadable({ code: 'file_broken', detail });
}

const tooTight = ({ ratio }: Limits): Unreadable =>
  new Unreadable({
    code: 'file_too_large',
    detail:
      `the gzip file unpacks to more than ${ratio} times its size, which no source's figures do; look at it, and raise ` +
      '`limits: { ratio: … }` in the feed if it is right',
  });

function checkSize(size: number, { bytes }: Limits): void {
  if (size <= bytes) return;
  const detail =
    `the file has more than ${bytes} bytes unpacked; deliver it in parts, or raise ` +
    '`limits: { bytes: … }` in the feed if it is right';
  throw new Unreadable({ code: 'file_too_large', detail });
}

async function* bounded(chunks: AsyncIterable<Buffer>, limits: Limits): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    checkSize(size, limits);
    yield chunk;
  }
}

async function* decoded(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = decoderOf(encoding);
  let lines = 1;
  try {
    for await (const chunk of chunks) {
      const text = decoder.push(chunk);
      lines += linesIn(text);
      yield text;
    }
    yield decoder.end();
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error;
    const detail = `at or after line ${lines}: ${error.message}; correct \`encoding\` in the feed, or export the file as UTF-8`;
    throw new Unreadable({ code: 'encoding_wrong', detail });
  }
}

function linesIn(text: Buffer): number {
  let count = 0;
  for (let at = text.indexOf(LF); at !== -1; at = text.indexOf(LF, at + 1)) count += 1;
  return count;
}

const LF = 0x0a;
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    yield isFirst && chunk.subarray(0, 3).equals(MARK) ? chunk.subarray(3) : chunk;
    isFirst = false;
  }
}
