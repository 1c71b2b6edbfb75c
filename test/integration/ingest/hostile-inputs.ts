import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export type Hostile = {
  readonly id: string;
  readonly note: string;
  readonly outcome: string;
  readonly audit: string | null;
  readonly bytes: Buffer;
};

export type Case = {
  readonly id: string;
  readonly entry: string;
  // biome-ignore lint/suspicious/noExplicitAny: each case has the fields that its kind of badness needs
  readonly input: any;
  readonly expect: { readonly outcome: string; readonly note: string; readonly audit: string | null };
};

const HEADER = 'order_id,amount,currency,order_date,memo\n';
/** Not one small file: a sequence, a volume, a period, or too large to be held in memory. */
const isOneFile = (input: unknown): boolean =>
  typeof input === 'string' ||
  Buffer.isBuffer(input) ||
  (!['$sequence', 'volume', 'late', '$gzip_of', '$concurrent'].some((key) => key in (input as object)) &&
    rowsOf(input) === undefined);

/** How often a file repeats one row, where it does so very often. */
export function rowsOf(input: unknown): { readonly row: string; readonly times: number } | undefined {
  const parts = (input as { $concat?: readonly unknown[] }).$concat ?? [];
  const repeats = parts.map((part) => (part as { $repeat?: [string, number] }).$repeat);
  const [row, times] = repeats.find((repeat) => (repeat?.[1] ?? 0) >= 1_000_000) ?? [];
  return row === undefined || times === undefined ? undefined : { row, times };
}

const folder =
  process.env.TIEOUT_SHARED_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const path = `${folder}/bad-inputs/bad-inputs.json`;

/** Why the hostile files cannot be read here; undefined when they can. */
export const missingReason = existsSync(path)
  ? undefined
  : `the folder of hostile inputs is not at ../shared/data; set TIEOUT_SHARED_DATA to run these`;

/** Cases about files that are not one small file. */
export const otherFileCases = (): readonly Case[] => fileCases().filter(({ input }) => !isOneFile(input));

function fileCases(): readonly Case[] {
  if (missingReason !== undefined) return [];
  const cases = JSON.parse(readFileSync(path, 'utf8')) as Case[];
  return cases.filter(({ entry }) => entry === 'ingest.csv');
}

/** Every hostile CSV file with what must become of it; none when the folder is absent. */
export function hostileFiles(): readonly Hostile[] {
  return fileCases()
    .filter(({ input }) => isOneFile(input))
    .map(({ id, input, expect }) => ({
      id,
      note: expect.note,
      outcome: expect.outcome,
      audit: expect.audit,
      bytes: Buffer.isBuffer(expand(input))
        ? (expand(input) as Buffer)
        : Buffer.from(expand(input) as string),
    }));
}

/** Small files that unpack to hundreds of times their size: as one row, and as many. */
export const gzipBombs = (): readonly (readonly [string, Buffer])[] => [
  ['one row', gzipSync(`${HEADER}${'0'.repeat(64_000_000)}`)],
  ['many rows', gzipSync(`${HEADER}${`1,10.00,USD,2026-01-01,${'x'.repeat(200_000)}\n`.repeat(200)}`)],
];

/** A zip archive of stored files, which is all that the notation asks for; sums are left out, nobody unpacks it. */
function zip(files: readonly { readonly name: string; readonly data: string }[]): Buffer {
  return Buffer.concat(
    files.map(({ name, data }) => {
      const header = Buffer.alloc(30);
      header.writeUInt32LE(0x04034b50, 0);
      header.writeUInt32LE(data.length, 18);
      header.writeUInt32LE(data.length, 22);
      header.writeUInt16LE(name.length, 26);
      return Buffer.concat([header, Buffer.from(name + data)]);
    }),
  );
}

const EXPANDERS: Readonly<Record<string, (value: never) => string | Buffer>> = {
  $repeat: ([text, times]: [string, number]) => text.repeat(times),
  $concat: (parts: unknown[]) => parts.map(expand).join(''),
  $bytes_hex: (hex: string) => Buffer.from(hex, 'hex'),
  $zip: zip,
  $csv_row: (cells: unknown[]) => `${HEADER}${cells.map((cell) => quoted(String(expand(cell)))).join(',')}\n`,
};

function expand(input: unknown): string | Buffer {
  if (typeof input === 'string') return input;
  const [notation, value] = Object.entries(input as Record<string, unknown>)[0] ?? ['', undefined];
  const expander = EXPANDERS[notation];
  if (expander === undefined) throw new Error(`unknown notation ${notation} in ${path}`);
  return expander(value as never);
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
