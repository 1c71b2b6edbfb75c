import { hash } from 'node:crypto';
import { isPlainText, type PlainRow } from '../../core/plain-row.ts';
import { printable } from '../../core/printable.ts';
import { contentText } from '../../core/row.ts';
import { copyCell } from '../../db/copy-rows.sql.ts';
import type { ReadRow } from './read-delivery.ts';

/** One line for the table `staged` in COPY's text format, in the order that `copyStaged` names. */
export function copyLine(read: ReadRow, recordId: string): string {
  if ('refusal' in read) {
    const { code, field, detail } = read.refusal;
    const raw = `\\\\x${read.raw.toString('hex')}`;
    const key = `${copyCell(read.key?.sourceRef)}\t${copyCell(read.key?.revision)}`;
    const why = `${code}\t${copyCell(field)}\t${copyCell(printable(detail))}`;
    return `${read.line}\t${why}\t${raw}\t${key}\t${'\\N\t'.repeat(8)}f\n`;
  }
  if ('removal' in read) {
    const { sourceRef, revision } = read.removal;
    return `${read.line}\t${'\\N\t'.repeat(4)}${copyCell(sourceRef)}\t${revision}\t${'\\N\t'.repeat(8)}t\n`;
  }
  const { row } = read;
  const contentHash = hash('sha256', contentText(row), 'hex');
  const identity = `${copyCell(row.sourceRef)}\t${row.revision}\t\\\\x${contentHash}\t${row.amountMinor ?? '\\N'}\t${row.currency ?? '\\N'}`;
  const names = `${row.occurredOn}\t${copyCell(row.client)}\t${copyCell(row.orderRef)}\t${copyCell(JSON.stringify(row.fields))}`;
  return `${read.line}\t\\N\t\\N\t\\N\t\\N\t${identity}\t${names}\t${recordId}\tf\n`;
}

/** The same line for a row of the plain reader; `fields` as `plainFields` writes them. */
export function plainCopyLine(
  row: PlainRow,
  { line, fields, recordId }: { readonly line: number; readonly fields: string; readonly recordId: string },
): string {
  const { amountMinor, currency, occurredOn } = row;
  const amount = amountMinor === undefined ? 'null' : `"${amountMinor}"`;
  const code = currency === undefined ? 'null' : `"${currency}"`;
  // The canonical text of `contentText`: its keys are in order.
  const content = `{"amount":${amount},"currency":${code},"fields":${fields},"occurred_on":"${occurredOn}"}`;
  const contentHash = hash('sha256', content, 'hex');
  const identity = `${copyCell(row.sourceRef)}\t${row.revision}\t\\\\x${contentHash}\t${amountMinor ?? '\\N'}\t${currency ?? '\\N'}`;
  const names = `${occurredOn}\t${copyCell(row.client)}\t${copyCell(row.orderRef)}\t${copyCell(fields)}`;
  return `${line}\t\\N\t\\N\t\\N\t\\N\t${identity}\t${names}\t${recordId}\tf\n`;
}

/** A function that writes the texts of these fields as canonical JSON; '' is an absent field. */
export function plainFields(names: readonly string[]): (texts: readonly string[]) => string {
  const inOrder = [...names.keys()].sort((one, other) =>
    (names[one] ?? '') < (names[other] ?? '') ? -1 : 1,
  );
  const members = inOrder.map((index) => ({ index, key: `${JSON.stringify(names[index])}:` }));
  return (texts) => {
    let json = '';
    for (const { index, key } of members) {
      const text = texts[index] ?? '';
      if (text === '') continue;
      json += `${json === '' ? '' : ','}${key}${isPlainText(text) ? `"${text}"` : JSON.stringify(text)}`;
    }
    return `{${json}}`;
  };
}

/**
 * Ids for the rows of one delivery that sort in file order: a counter takes the first 34 random bits, so that records go
 * into the index from left to right (measured: random order costs twice as much). 40 bits stay random.
 */
export function recordIds(nowMs: number, randomBytes: (size: number) => Buffer): () => string {
  const time = nowMs.toString(16).padStart(12, '0');
  const head = `${time.slice(0, 8)}-${time.slice(8)}-7`;
  let count = 0;
  let random = '';
  let used = 0;
  return () => {
    if (used + 10 > random.length) {
      random = randomBytes(5_000).toString('hex');
      used = 0;
    }
    count += 1;
    const low = count % 0x400000;
    // The variant's two bits stand before 22 bits of the counter.
    const rest = (0x800000 | low).toString(16);
    const id = `${head}${hex3(count / 0x400000)}-${rest.slice(0, 4)}-${rest.slice(4)}${random.slice(used, used + 10)}`;
    used += 10;
    return id;
  };
}

const hex3 = (number: number): string => (Math.floor(number) & 0xfff).toString(16).padStart(3, '0');
