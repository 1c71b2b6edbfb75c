import type { DeliveryProblem } from '../problem.ts';

const MAGIC: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    what: 'an Excel workbook or a zip archive; export the sheet as CSV (UTF-8)',
  },
  { bytes: [0x50, 0x4b, 0x05, 0x06], what: 'an empty zip archive; deliver the file itself' },
  { bytes: [0x1f, 0x8b], what: 'compressed with gzip twice; unpack it once' },
  { bytes: [0x42, 0x5a, 0x68], what: 'compressed with bzip2; unpack it first' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'compressed with zstd; unpack it first' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook; export the sheet as CSV (UTF-8)' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF; deliver the figures as CSV or JSON lines' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file; deliver CSV or JSON lines' },
];

type Seen = {
  /** Whether these bytes are the whole file. */
  readonly isWhole: boolean;
  /** Whether the contract declares an encoding. */
  readonly isDeclared: boolean;
};

/** What makes the file no text at all, judged by its first bytes; undefined when it may be read. */
export function sniff(head: Buffer, { isWhole, isDeclared }: Seen): DeliveryProblem | undefined {
  if (isWhole && head.length === 0)
    return { code: 'file_empty', detail: 'the file is empty; ask the source for the real one' };
  const magic = MAGIC.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  if (magic) return { code: 'file_is_archive', detail: `the file is ${magic.what}` };
  if (head.subarray(257, 262).toString('latin1') === 'ustar')
    return { code: 'file_is_archive', detail: 'the file is a tar archive; deliver the file that is inside' };
  if (!isDeclared && !isMarked(head) && looksWide(head)) {
    const detail =
      'the file looks like UTF-16, and does not say so by a byte order mark; export it as UTF-8, or declare ' +
      '`encoding: utf-16le` in the feed';
    return { code: 'file_not_utf8', detail };
  }
  if (isWhole && head.toString('utf8').replaceAll('\u0000', '').trim() === '') {
    return {
      code: 'file_empty',
      detail: 'the file holds nothing but white space; ask the source for the real one',
    };
  }
  return undefined;
}

const isMarked = (head: Buffer): boolean =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);

/** UTF-16 without a mark: every other byte of plain text is NUL. */
function looksWide(head: Buffer): boolean {
  const sample = head.subarray(0, 200);
  let odd = 0;
  let even = 0;
  for (const [at, byte] of sample.entries()) {
    if (byte === 0 && at % 2 === 1) odd += 1;
    if (byte === 0 && at % 2 === 0) even += 1;
  }
  return Math.max(odd, even) > sample.length / 3;
}
