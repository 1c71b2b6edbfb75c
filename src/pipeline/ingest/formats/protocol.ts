import type { Result } from '../../../core/result.ts';
import type { RowRefusal } from '../../../core/row.ts';
import type { DeliveryProblem } from '../problem.ts';
import { jsonText, rowRefusal, truncated } from './interpreter.ts';
import { innerObject, type JsonRefusal, type Members, readObject, textOf } from './json-object.ts';
import { scanItems } from './json-scan.ts';
import type { RowBytes } from './row-splitter.ts';

/** What both protocols have in common: messages of several streams, one per line, among lines that are none. */

export type Message = { readonly type: string; readonly members: Members };

/** Levels that a message puts around a record. */
const WRAPPED = 2;

/**
 * One line as a message. A line that does not begin like an object is what a connector printed beside its messages, and no row; one that
 * begins like a message and is broken is refused, for a record may be lost in it.
 */
export function readMessage(
  row: RowBytes,
): Result<Message, RowRefusal> | 'no message' | 'not a row' | DeliveryProblem {
  const text = jsonText(row);
  if (!text.ok) return text;
  const line = text.value.trim();
  if (line === '') return 'not a row';
  if (!line.startsWith('{')) return 'no message';
  const read = readObject(line, { wrapped: WRAPPED });
  if (!read.ok) {
    if (read.refusal.code === 'not_json' && !row.isTerminated) return truncated(row.line);
    return rowRefusal(read.refusal.code, read.refusal.detail);
  }
  const type = member(read.value, 'type');
  return type === '' ? 'no message' : { ok: true, value: { type, members: read.value } };
}

/** A member's text; empty when it is absent, null, a list or an object. */
export function member(members: Members | undefined, name: string): string {
  const source = members?.get(name);
  if (source === undefined || source.startsWith('{') || source.startsWith('[')) return '';
  return textOf(source);
}

/** A member that is an object; undefined when it is none. */
export function inner(members: Members | undefined, ...names: readonly string[]): Members | undefined {
  let found = members;
  for (const name of names) {
    const read = innerObject(found?.get(name));
    if (!read.ok) return undefined;
    found = read.value;
  }
  return found;
}

/** The objects in a member that is a list of them. */
export function itemsIn(members: Members | undefined, name: string): readonly Members[] {
  const source = members?.get(name);
  if (!source?.startsWith('[')) return [];
  return scanItems(source).flatMap((item) => {
    const read = innerObject(item);
    return read.ok ? [read.value] : [];
  });
}

/** The object a message carries as its record, or why it cannot be read. */
export const carried = (members: Members | undefined, name: string): Result<Members, JsonRefusal> =>
  innerObject(members?.get(name));

/** Records of other streams, and lines that were no messages: counted, to be told. */
export class Beside {
  readonly #streams = new Map<string, number>();
  #lines = 0;
  #firstLine = '';

  stream(name: string): void {
    this.#streams.set(name, (this.#streams.get(name) ?? 0) + 1);
  }

  line(row: RowBytes): void {
    this.#lines += 1;
    if (this.#lines === 1) this.#firstLine = `line ${row.line}: ${row.bytes.toString('utf8').slice(0, 120)}`;
  }

  /** The streams with their records, the largest first. */
  get streams(): string {
    return [...this.#streams]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 20)
      .map(([name, count]) => `${name} (${count})`)
      .join(', ');
  }

  warnings(): readonly string[] {
    const others =
      this.#streams.size === 0 ? [] : [`records of other streams were passed over: ${this.streams}`];
    const lines =
      this.#lines === 0
        ? []
        : [`${this.#lines} lines are no messages and were passed over, the first: ${this.#firstLine}`];
    return [...others, ...lines];
  }

  /** Why nothing came of it, when not one record of the wanted stream did. */
  absent(stream: string): DeliveryProblem {
    const found = this.#streams.size === 0 ? 'no records at all' : `records of ${this.streams}`;
    const detail = `there is no record of the stream "${stream}", but ${found}; name the stream: --stream NAME, or stream: in the feed's file where its format is that of the protocol`;
    return { code: 'stream_missing', detail };
  }
}
