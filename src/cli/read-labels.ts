import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { readCells } from '../pipeline/ingest/formats/csv-cells.ts';
import { type RowBytes, RowSplitter } from '../pipeline/ingest/formats/row-splitter.ts';
import type { Label } from '../pipeline/report/keep-labels.sql.ts';
import { EXIT, Stop } from './exit.ts';
import { inert } from './output.ts';

/**
 * The labels of a CSV file: its columns `expected` and `actual`, others are not read.
 *
 * Throws: Stop, with file and line, when it cannot be read, lacks a column, or a line names no record.
 */
export async function readLabels(path: string): Promise<readonly Label[]> {
  const splitter = new RowSplitter({ delimiter: ',' });
  const labels: Label[] = [];
  let places: Places | undefined;
  const take = (rows: readonly RowBytes[]): void => {
    for (const { line, bytes } of rows) {
      if (bytes.length === 0) continue;
      const cells = cellsOf(bytes, `${path}:${line}`);
      if (places === undefined) places = placesOf(cells, path);
      else labels.push(labelOf(cells, places, `${path}:${line}`));
    }
  };
  try {
    for await (const chunk of createReadStream(path)) take(splitter.push(chunk));
    take(splitter.end());
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(`The labels could not be read: ${(error as Error).message}`, EXIT.usage);
  }
  if (splitter.problem) throw new Stop(`${path}: ${splitter.problem.detail}`, EXIT.usage);
  if (labels.length === 0) throw new Stop(`${path} has no label; ${WANTED}`, EXIT.usage);
  return labels;
}

const WANTED =
  'write a CSV file with the columns expected and actual, and a line for each pair that is known.';

type Places = { readonly expected: number; readonly actual: number; readonly width: number };

function cellsOf(bytes: Buffer, place: string): readonly string[] {
  if (!isUtf8(bytes)) throw new Stop(`${place}: not UTF-8; export the file as UTF-8.`, EXIT.usage);
  if (bytes.includes(0)) throw new Stop(`${place}: a NUL character, which no reference has.`, EXIT.usage);
  const read = readCells(new TextDecoder().decode(bytes), ',', 0);
  if (!read.ok) throw new Stop(`${place}: ${read.refusal.detail}`, EXIT.usage);
  return read.value;
}

function placesOf(header: readonly string[], path: string): Places {
  const names = header.map((name) => name.trim().toLowerCase());
  const [expected, actual] = [names.indexOf('expected'), names.indexOf('actual')];
  if (expected >= 0 && actual >= 0) return { expected, actual, width: names.length };
  const listed = header.map((name) => `"${inert(name)}"`).join(', ');
  throw new Stop(`${path}:1: the header has ${listed}; ${WANTED}`, EXIT.usage);
}

function labelOf(cells: readonly string[], places: Places, place: string): Label {
  if (cells.length !== places.width)
    throw new Stop(`${place}: ${cells.length} columns, and the header has ${places.width}.`, EXIT.usage);
  const [expected, actual] = [cells[places.expected]?.trim(), cells[places.actual]?.trim()];
  if (!expected && !actual) throw new Stop(`${place}: the line names no record.`, EXIT.usage);
  return { expected: expected || undefined, actual: actual || undefined };
}
