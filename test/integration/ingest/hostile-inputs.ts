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
const NOT_ONE_FILE = ['CSV-021', 'CSV-024', 'CSV-096', 'CSV-097', 'CSV-102', 'CSV-103'];

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

/** A small file that unpacks to a thousand times its size. */
export const gzipBomb = (): Buffer => gzipSync(Buffer.alloc(16_777_216, 0x30));

const EXPANDERS: Readonly<Record<string, (value: never) => string | Buffer>> = {
  $repeat: ([text, times]: [string, number]) => text.repeat(times),
  $concat: (parts: unknown[]) => parts.map(expand).join(''),
  $bytes_hex: (hex: string) => Buffer.from(hex, 'hex'),
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
