import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

type Line = { table: string; key: string; value: unknown };

const encode = (line: Line): string => `${JSON.stringify(line)}\n`;

function decode(text: string, file: string, number: number): Line {
  try {
    return JSON.parse(text) as Line;
  } catch (cause) {
    throw new Error(
      `${file}:${number} is not a journal line. Repair that line, or delete the file to start with an empty workspace.`,
      { cause },
    );
  }
}

/** A map whose every change is written to the journal before the call returns. */
export class Table<T> {
  readonly #name: string;
  readonly #journal: Journal;
  readonly #rows: Map<string, T>;

  constructor(name: string, journal: Journal, rows: Map<string, T>) {
    this.#name = name;
    this.#journal = journal;
    this.#rows = rows;
  }

  get(key: string): T | undefined {
    return this.#rows.get(key);
  }

  has(key: string): boolean {
    return this.#rows.has(key);
  }

  put(key: string, value: T): T {
    this.#journal.append({ table: this.#name, key, value });
    this.#rows.set(key, value);
    return value;
  }

  delete(key: string): void {
    if (!this.#rows.has(key)) return;
    this.#journal.append({ table: this.#name, key, value: null });
    this.#rows.delete(key);
  }

  values(): T[] {
    return [...this.#rows.values()];
  }
}

/**
 * Append-only file of changes, one JSON line each, written synchronously: what was answered to a caller is
 * in the file, so a killed process loses nothing. Replayed and rewritten without its history on opening.
 */
export class Journal {
  readonly #rows = new Map<string, Map<string, unknown>>();
  readonly #tables = new Map<string, Table<unknown>>();
  #descriptor: number | undefined;

  constructor(file: string | undefined) {
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file)) this.#replay(file);
    this.#compact(file);
    this.#descriptor = openSync(file, 'a', 0o600);
  }

  /** The table of this name; rows keep the order in which they were first put. */
  table<T>(name: string): Table<T> {
    const existing = this.#tables.get(name);
    if (existing) return existing as Table<T>;
    const table = new Table<T>(name, this, this.#rowsOf(name) as Map<string, T>);
    this.#tables.set(name, table as Table<unknown>);
    return table;
  }

  append(line: Line): void {
    if (this.#descriptor !== undefined) writeSync(this.#descriptor, encode(line));
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #rowsOf(name: string): Map<string, unknown> {
    const rows = this.#rows.get(name) ?? new Map<string, unknown>();
    this.#rows.set(name, rows);
    return rows;
  }

  #replay(file: string): void {
    const content = readFileSync(file, 'utf8');
    const whole = content.slice(0, content.lastIndexOf('\n') + 1);
    // A line without its end was being written when the process died: nobody was told that it happened.
    if (whole.length < content.length) truncateSync(file, Buffer.byteLength(whole));
    const lines = whole.split('\n');
    for (const [index, text] of lines.entries()) {
      if (text === '') continue;
      const { table, key, value } = decode(text, file, index + 1);
      if (value === null) this.#rowsOf(table).delete(key);
      else this.#rowsOf(table).set(key, value);
    }
  }

  #compact(file: string): void {
    const fresh = `${file}.compacting`;
    const descriptor = openSync(fresh, 'w', 0o600);
    for (const [table, rows] of this.#rows) {
      for (const [key, value] of rows) writeSync(descriptor, encode({ table, key, value }));
    }
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(fresh, file);
  }
}
