import { hash } from 'node:crypto';
import { canonical } from '../../core/canonical.ts';
import { printable } from '../../core/printable.ts';
import { type CanonicalRow, contentText } from '../../core/row.ts';
import type { ReadRow } from './read-delivery.ts';

/*
 * Rows in COPY's binary format, in the order that `copyStaged` and `copyRecords` name: reading them as
 * text was 27 % of what a first delivery cost the database, and is 19 % of what is now less (2026-11-29). Bytes are
 * written as a text of one character each, since adding texts is what JavaScript is quick at.
 */

/** What stands before the first row: the format's mark, no flags, no extension. */
export const COPY_HEAD = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** What stands after the last row. */
export const COPY_END = Buffer.from([0xff, 0xff]);

const NULL = '\xff\xff\xff\xff';
const NO = '\0\0\0\x01\0';
const YES = '\0\0\0\x01\x01';
const BEYOND_ASCII = /[^\0-\x7f]/;

const int32 = (value: number): string =>
  String.fromCharCode((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
/** Most values are short, so that their lengths are written already. */
const LENGTHS: readonly string[] = Array.from({ length: 1_024 }, (_, length) => int32(length));
const lengthOf = (bytes: string): string => LENGTHS[bytes.length] ?? int32(bytes.length);

const sized = (bytes: string): string => lengthOf(bytes) + bytes;
const FOUR = int32(4);
const EIGHT = int32(8);

/** The text's UTF-8, a character for each byte. */
const utf8 = (text: string): string =>
  BEYOND_ASCII.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
const textCell = (text: string | undefined): string => (text === undefined ? NULL : sized(utf8(text)));

function int64Cell(value: bigint | undefined): string {
  if (value === undefined) return NULL;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    const bits = BigInt.asUintN(64, value);
    return EIGHT + int32(Number(bits >> 32n)) + int32(Number(bits & 0xffffffffn));
  }
  const high = Math.floor(number / 2 ** 32);
  return EIGHT + int32(high) + int32(number - high * 2 ** 32);
}

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2000, 0, 1) / DAY_MS;
/** Days repeat from row to row; more of them than this are no calendar. */
const MOST_DAYS = 4_096;
const days = new Map<string, number>();

/** A date `YYYY-MM-DD` as Postgres counts days. */
export function dayNumber(day: string): number {
  const known = days.get(day);
  if (known !== undefined) return known;
  if (days.size >= MOST_DAYS) days.clear();
  const number = Date.parse(`${day}T00:00:00Z`) / DAY_MS - FIRST_DAY;
  days.set(day, number);
  return number;
}

const sha256Cell = (text: string): string => LENGTHS[32] + hash('sha256', text, 'binary');

/** How the rows of a table begin, what stands between an accepted row's line and its key, and how it ends. */
type Shape = { readonly begin: string; readonly between: string; readonly end: string };

/** Gives 16 bytes, over which the next call writes. */
export type NextId = () => Buffer;

/** Where rows are copied to. */
export type Target = {
  readonly shape: Shape;
  readonly nextId: NextId;
  /** Takes the bytes for `staged` of a row that is no record. Without it they stand among the others. */
  readonly keepOut: ((bytes: string) => void) | undefined;
};

const STAGED: Shape = { begin: `\0\x10${FOUR}`, between: NULL.repeat(4), end: NO };

/** The table `staged`, which holds every row whatever became of it. */
export const toStaged = (nextId: NextId): Target => ({ shape: STAGED, nextId, keepOut: undefined });

/** The table `record`, for the rows of one delivery that are records. */
export function toRecords(
  { feedId, deliveryId }: { readonly feedId: string; readonly deliveryId: string },
  { nextId, keepOut }: { readonly nextId: NextId; readonly keepOut: (bytes: string) => void },
): Target {
  const end = uuidCell(feedId) + uuidCell(deliveryId);
  return { shape: { begin: `\0\x0d${FOUR}`, between: '', end }, nextId, keepOut };
}

const uuidCell = (id: string): string => sized(Buffer.from(id.replaceAll('-', ''), 'hex').toString('latin1'));

/** One row, whatever became of it. */
export function copyRow(read: ReadRow, { shape, nextId, keepOut }: Target): string {
  if ('row' in read) return acceptedRow(read, { shape, recordId: nextId().toString('latin1') });
  const bytes = otherRow(read);
  if (keepOut === undefined) return bytes;
  keepOut(bytes);
  return '';
}

function otherRow(read: Exclude<ReadRow, { readonly row: CanonicalRow }>): string {
  const line = STAGED.begin + int32(read.line);
  if ('refusal' in read) {
    const { code, field, detail } = read.refusal;
    const why = textCell(code) + textCell(field) + textCell(printable(detail));
    const raw = sized(read.raw.toString('latin1'));
    return `${line}${why}${raw}${textCell(read.key?.sourceRef)}${textCell(read.key?.revision)}${NULL.repeat(8)}${NO}`;
  }
  const { sourceRef, revision } = read.removal;
  return `${line}${NULL.repeat(4)}${textCell(sourceRef)}${textCell(revision)}${NULL.repeat(8)}${YES}`;
}

function acceptedRow(
  { line, row }: Extract<ReadRow, { readonly row: CanonicalRow }>,
  { shape, recordId }: { readonly shape: Shape; readonly recordId: string },
): string {
  const { begin, between, end } = shape;
  const identity = `${textCell(row.sourceRef)}${textCell(row.revision)}${sha256Cell(contentText(row))}`;
  const amount = int64Cell(row.amountMinor) + textCell(row.currency);
  const names = FOUR + int32(dayNumber(row.occurredOn)) + textCell(row.client) + textCell(row.orderRef);
  const fields = textCell(canonical(row.fields));
  return `${begin}${int32(line)}${between}${identity}${amount}${names}${fields}${sized(recordId)}${end}`;
}
