import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCells } from '../../src/pipeline/ingest/formats/csv-cells.ts';
import { RowSplitter } from '../../src/pipeline/ingest/formats/row-splitter.ts';

const cell = fc.string({
  unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\n', '\r\n', ';', '0'),
  maxLength: 6,
});
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 6 });
const lineEnd = fc.constantFrom('\n', '\r\n');
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function chunksOf(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return chunks;
}

function rowsOf(bytes: Buffer, lengths: readonly number[], delimiter = ','): string[][] {
  const splitter = new RowSplitter({ delimiter });
  const rows = [...chunksOf(bytes, lengths).flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
  return rows.map((row) => {
    const cells = readCells(row.bytes.toString('utf8'), delimiter, 2);
    if (!cells.ok) throw new Error(cells.refusal.detail);
    return cells.value;
  });
}

it('any table written as CSV is read back, in chunks of any size, and as csv-parse reads it', () => {
  fc.assert(
    fc.property(table, lineEnd, sizes, (rows, end, lengths) => {
      const text = rows.map((cells) => cells.map(quoted).join(',')).join(end) + end;
      const read = rowsOf(Buffer.from(text), lengths);
      expect(read).toEqual(rows);
      expect(read).toEqual(parse(text));
    }),
    { numRuns: 500 },
  );
});

it('any table is read back with any delimiter, of one character or several', () => {
  const delimiter = fc.constantFrom(';', '\t', '|', '||', '~|~', '¦', '\u001f');
  fc.assert(
    fc.property(table, delimiter, sizes, (rows, mark, lengths) => {
      const text = rows.map((cells) => `${cells.map(quoted).join(mark)}\n`).join('');
      expect(rowsOf(Buffer.from(text), lengths, mark)).toEqual(rows);
    }),
    { numRuns: 300 },
  );
});

it('whatever bytes come, every one is in a row, a line end, or a file refused whole', () => {
  const bytes = fc.uint8Array({ maxLength: 80 }).map((array) => Buffer.from(array));
  const texty = fc
    .string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r'), maxLength: 40 })
    .map((text) => Buffer.from(text));
  fc.assert(
    fc.property(fc.oneof(bytes, texty), sizes, (input, lengths) => {
      const splitter = new RowSplitter({ delimiter: ',' });
      const rows = [...chunksOf(input, lengths).flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
      if (splitter.problem) return;
      const kept = Buffer.concat(rows.map((row) => row.bytes)).filter(
        (byte) => byte !== 0x0a && byte !== 0x0d,
      );
      expect(kept).toEqual(input.filter((byte) => byte !== 0x0a && byte !== 0x0d));
    }),
    { numRuns: 1_000 },
  );
});

it('the size of chunks changes nothing', () => {
  const texty = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r'), maxLength: 40 });
  fc.assert(
    fc.property(texty, sizes, (text, lengths) => {
      const whole = new RowSplitter({ delimiter: ',' });
      const cut = new RowSplitter({ delimiter: ',' });
      const input = Buffer.from(text);
      const once = [...whole.push(input), ...whole.end()];
      const often = [...chunksOf(input, lengths).flatMap((chunk) => cut.push(chunk)), ...cut.end()];
      expect(often.map(({ line, bytes }) => [line, bytes.toString()])).toEqual(
        once.map(({ line, bytes }) => [line, bytes.toString()]),
      );
    }),
    { numRuns: 2_000 },
  );
});
