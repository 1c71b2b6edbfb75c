import { hash } from 'node:crypto';
import { uuidv7 } from '../../core/ids.ts';
import { contentText } from '../../core/row.ts';
import type { ReadRow } from './read-delivery.ts';

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value in COPY's text format; undefined is NULL. */
function cell(text: string | undefined): string {
  if (text === undefined) return '\\N';
  return SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found) : text;
}

/** One line for the table `staged` in COPY's text format, in the order that `copyStaged` names. */
export function copyLine(read: ReadRow, recordId: string): string {
  if ('refusal' in read) {
    const { code, field, detail } = read.refusal;
    const raw = `\\\\x${read.raw.toString('hex')}`;
    const nothing = '\\N\t'.repeat(9);
    return `${read.line}\t${code}\t${cell(field)}\t${cell(printable(detail))}\t${raw}\t${nothing}\\N\n`;
  }
  const { row } = read;
  const contentHash = hash('sha256', contentText(row), 'hex');
  const identity = `${cell(row.sourceRef)}\t${row.revision}\t\\\\x${contentHash}\t${row.amountMinor ?? '\\N'}\t${row.currency ?? '\\N'}`;
  const names = `${row.occurredOn}\t${cell(row.client)}\t${cell(row.orderRef)}\t${cell(JSON.stringify(row.fields))}`;
  return `${read.line}\t\\N\t\\N\t\\N\t\\N\t${identity}\t${names}\t${recordId}\n`;
}

/** What may be kept of a text that repeats delivered words: Postgres refuses a NUL in it, the trail half a character. */
export const printable = (text: string): string =>
  text.replaceAll('\u0000', '␀').replaceAll(/\p{Surrogate}/gu, '\uFFFD');

/**
 * Ids for the rows of one delivery that sort in file order: a counter takes the first 34 random bits, so that records go
 * into the index from left to right (measured: random order costs twice as much). 40 bits stay random.
 */
export function recordIds(nowMs: number, randomBytes: (size: number) => Uint8Array): () => string {
  let count = 0;
  let random = randomBytes(0);
  let used = 0;
  return () => {
    if (used + 5 > random.length) {
      random = randomBytes(5_000);
      used = 0;
    }
    count += 1;
    const low = count % 0x400000;
    const bytes = new Uint8Array(10);
    bytes[0] = (count / 0x40000000) & 0x0f;
    bytes[1] = (count / 0x400000) & 0xff;
    bytes[2] = (low >>> 16) & 0x3f;
    bytes[3] = (low >>> 8) & 0xff;
    bytes[4] = low & 0xff;
    bytes.set(random.subarray(used, used + 5), 5);
    used += 5;
    return uuidv7(nowMs, bytes);
  };
}
