import type { FeedContract } from '../../../core/contract.ts';
import { accept, type Result, refuse } from '../../../core/result.ts';
import { columnKey, wantedColumns } from '../../../core/row.ts';
import type { RowView } from './interpreter.ts';
import { isDeeperThan, scanItems, scanMembers } from './json-scan.ts';

export type JsonRefusal = {
  readonly code: 'not_json' | 'not_an_object' | 'duplicate_key' | 'json_too_deep' | 'key_forbidden';
  readonly detail: string;
};

/** Deeper than any document of a business system; what is deeper is meant to exhaust whoever reads it. */
const DEEPEST = 32;

/** The members of one object with the text of their values, by exact name. */
export type Members = ReadonlyMap<string, string>;

/**
 * One JSON object: the text of each member as it was written.
 *
 * Refuses: text that is no JSON, anything but an object, a key that stands twice at any depth, what is nested deeper than 32 (`wrapped`
 *          levels of it not counted), and keys that only an attack on JavaScript has (`__proto__`, `constructor.prototype`).
 */
export function readObject(text: string, { wrapped = 0 } = {}): Result<Members, JsonRefusal> {
  if (isDeeperThan(text, DEEPEST + wrapped)) {
    const detail = `it is nested deeper than ${DEEPEST}; deliver the object that is meant, without what is around it`;
    return refuse({ code: 'json_too_deep', detail });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse({
      code: 'not_json',
      detail: `${error.message.slice(0, 200)}; write one JSON object per line`,
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse({
      code: 'not_an_object',
      detail: 'the line is not a JSON object; write one object per line',
    });
  }
  const forbidden = forbiddenKey(value);
  if (forbidden !== undefined) {
    const detail = `it has the key "${forbidden}", which no source uses and an attack does; look where the row comes from`;
    return refuse({ code: 'key_forbidden', detail });
  }
  return innerObject(text);
}

/** The members of an object inside a text that `readObject` took; refuses what is no object, and a key that stands twice. */
export function innerObject(text: string | undefined): Result<Members, JsonRefusal> {
  if (!text?.trimStart().startsWith('{'))
    return refuse({ code: 'not_an_object', detail: 'what should be an object is none' });
  const { members, repeated } = scanMembers(text);
  if (repeated === undefined) return accept(members);
  const detail = `the key "${repeated.slice(0, 60)}" stands twice, and nobody can say which one is meant`;
  return refuse({ code: 'duplicate_key', detail });
}

/**
 * The object as a row. Numbers keep the digits they were written with, since a float would drop some; null is an empty cell; lists and
 * objects are their JSON text. `customer.email` and `lines.0.id` are found inside them, unless a member has that very name.
 */
export function rowOf(
  members: Members,
  {
    nested = [],
    isRemoval = false,
  }: { readonly nested?: readonly string[]; readonly isRemoval?: boolean } = {},
): RowView {
  const byKey = byColumn(members);
  const get = (column: string): string | undefined => {
    const key = columnKey(column);
    const found = byKey.get(key) ?? (key.includes('.') ? insideOf(byKey, key) : undefined);
    return found === undefined ? undefined : textOf(found);
  };
  const cells = (): (readonly [string, string])[] => [
    ...[...members].map(([name, source]) => [name, textOf(source)] as const),
    ...nested.flatMap((column) => {
      const text = members.has(column) ? undefined : get(column);
      return text === undefined ? [] : [[column, text] as const];
    }),
  ];
  return { get, cells, isRemoval };
}

/** The columns that a contract finds inside of members. */
export const nestedColumns = (contract: FeedContract): readonly string[] =>
  wantedColumns(contract).filter((column) => column.includes('.'));

const byColumn = (members: Members): Members =>
  new Map([...members].map(([name, source]) => [columnKey(name), source]));

/** The text of the value under a path such as `lines.0.id`; undefined where it leads nowhere. */
function insideOf(members: Members, path: string): string | undefined {
  for (let at = path.indexOf('.'); at !== -1; at = path.indexOf('.', at + 1)) {
    const outer = members.get(path.slice(0, at));
    const rest = path.slice(at + 1);
    const inner = outer === undefined || rest === '' ? undefined : partsOf(outer);
    const found = inner && (inner.get(rest) ?? insideOf(inner, rest));
    if (found !== undefined) return found;
  }
  return undefined;
}

function partsOf(text: string): Members | undefined {
  if (text.startsWith('{')) return byColumn(scanMembers(text).members);
  if (!text.startsWith('[')) return undefined;
  return new Map(scanItems(text).map((source, index) => [String(index), source]));
}

/** What a member's text says: a string's content, nothing for null, else the text itself. */
export function textOf(source: string): string {
  if (source === 'null') return '';
  return source.startsWith('"') ? (JSON.parse(source) as string) : source;
}

/** JSON.parse makes `__proto__` an own key, so it can be seen here; the depth is bounded before. */
function forbiddenKey(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) {
    if (Object.hasOwn(value, '__proto__')) return '__proto__';
    const made = Object.hasOwn(value, 'constructor') ? (value as { constructor: unknown }).constructor : null;
    if (typeof made === 'object' && made !== null && Object.hasOwn(made, 'prototype'))
      return 'constructor.prototype';
  }
  for (const inner of Object.values(value)) {
    const found = forbiddenKey(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
