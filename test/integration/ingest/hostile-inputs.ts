import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export type Hostile = {
  readonly id: string;
  readonly note: string;
  readonly outcome: string;
  readonly bytes: Buffer;
};

type Case = {
  readonly id: string;
  readonly entry: string;
  readonly input: unknown;
  readonly expect: { readonly outcome: string; readonly note: string };
};

const HEADER = 'order_id,amount,currency,order_date,memo\n';
/** Not one file: a sequence, a volume, a period; or too large for this level. Each has a test of its own elsewhere. */
const NOT_ONE_FILE = ['CSV-021', 'CSV-024', 'CSV-096', 'CSV-102', 'CSV-103'];

const folder =
  process.env.TIEOUT_SHARED_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const path = `${folder}/bad-inputs/bad-inputs.json`;

/** Why the hostile files cannot be read here; undefined when they can. */
export const missingReason = existsSync(path)
  ? undefined
  : `the folder of hostile inputs is not at ../shared/data; set TIEOUT_SHARED_DATA to run these`;

/** Every hostile CSV file with what must become of it; none when the folder is absent. */
export function hostileFiles(): readonly Hostile[] {
  if (missingReason !== undefined) return [];
  const cases = JSON.parse(readFileSync(path, 'utf8')) as Case[];
  return cases
    .filter(({ id, entry }) => entry === 'ingest.csv' && !NOT_ONE_FILE.includes(id))
    .map(({ id, input, expect }) => ({
      id,
      note: expect.note,
      outcome: expect.outcome,
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
