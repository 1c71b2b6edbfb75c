import { accept, type Result, refuse } from '../../core/result.ts';
import { columnKey, type RawRow } from '../../core/row.ts';

export type JsonRefusal = {
  readonly code: 'not_json' | 'not_an_object' | 'duplicate_key' | 'json_too_deep' | 'key_forbidden';
  readonly detail: string;
};

/** Deeper than any document of a business system; what is deeper is meant to exhaust whoever reads it. */
const DEEPEST = 32;

/**
 * One JSON object as a row: each member's text. Numbers keep the digits they were written with, since a float would drop
 * some; null is an empty cell; lists and objects are their JSON text. `customer.email` and `lines.0.id` are found inside
 * them, unless a member has that very name.
 *
 * Refuses: text that is no JSON, anything but an object, a key that stands twice at any depth, what is nested deeper than 32,
 *          and keys that only an attack on JavaScript has (`__proto__`, `constructor.prototype`).
 */
export function readJsonLine(text: string): Result<RawRow, JsonRefusal> {
  if (isDeeperThan(text, DEEPEST)) {
    return refuse({
      code: 'json_too_deep',
      detail: `it is nested deeper than ${DEEPEST}; deliver the object that is meant, without what is around it`,
    });
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
  const scanned = scanMembers(text);
  if (scanned.repeated !== undefined) {
    const detail = `the key "${scanned.repeated.slice(0, 60)}" stands twice, and nobody can say which one is meant`;
    return refuse({ code: 'duplicate_key', detail });
  }
  return accept(toRow(scanned.members));
}

function toRow(members: ReadonlyMap<string, string>): RawRow {
  const byKey = new Map([...members].map(([name, source]) => [columnKey(name), source]));
  return {
    get: (column) => {
      const key = columnKey(column);
      const found = byKey.get(key) ?? (key.includes('.') ? insideOf(byKey, key) : undefined);
      return found === undefined ? undefined : textOf(found);
    },
  };
}

/** The text of the value under a path such as `lines.0.id`; undefined where it leads nowhere. */
function insideOf(members: ReadonlyMap<string, string>, path: string): string | undefined {
  for (let at = path.indexOf('.'); at !== -1; at = path.indexOf('.', at + 1)) {
    const outer = members.get(path.slice(0, at));
    const rest = path.slice(at + 1);
    if (outer === undefined || rest === '') continue;
    const inner = outer.startsWith('{')
      ? membersOf(outer)
      : outer.startsWith('[')
        ? itemsOf(outer)
        : undefined;
    if (inner === undefined) continue;
    const found = inner.get(rest) ?? insideOf(inner, rest);
    if (found !== undefined) return found;
  }
  return undefined;
}

const membersOf = (text: string): ReadonlyMap<string, string> =>
  new Map([...scanMembers(text).members].map(([name, source]) => [columnKey(name), source]));

const itemsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(scanItems(text).map((source, index) => [String(index), source]));

function textOf(source: string): string {
  if (source === 'null') return '';
  return source.startsWith('"') ? (JSON.parse(source) as string) : source;
}

/**
 * The top-level members with the text of their values, and the first key that stands twice in its object. The text is
 * one that JSON.parse accepted, so the grammar need not be checked again; no recursion, so depth cannot overflow.
 */
function scanMembers(text: string): { members: ReadonlyMap<string, string>; repeated: string | undefined } {
  const members = new Map<string, string>();
  const scopes: (Set<string> | undefined)[] = [];
  let repeated: string | undefined;
  let name: string | undefined;
  let valueFrom = 0;
  let previous = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    const isTop = scopes.length === 1;
    if (character === '"') {
      const end = stringEnd(text, at);
      const keys = scopes.at(-1);
      if (keys && (previous === '{' || previous === ',')) {
        const key = JSON.parse(text.slice(at, end)) as string;
        // Columns are found without case, so keys that differ in case alone are the same column.
        const folded = isTop ? columnKey(key) : key;
        if (keys.has(folded)) repeated ??= key;
        keys.add(folded);
        if (isTop) name = key;
      }
      at = end - 1;
    } else if (character === ':' && isTop) {
      valueFrom = at + 1;
    } else if ((character === ',' || character === '}') && isTop && name !== undefined) {
      members.set(name, text.slice(valueFrom, at).trim());
      name = undefined;
    }
    if (character === '{') scopes.push(new Set());
    if (character === '[') scopes.push(undefined);
    if (character === '}' || character === ']') scopes.pop();
    if (!SPACE.test(character)) previous = character;
  }
  return { members, repeated };
}

/** The text of each item of a list that JSON.parse accepted. */
function scanItems(text: string): readonly string[] {
  const items: string[] = [];
  let depth = 0;
  let from = 1;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '"') at = stringEnd(text, at) - 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    const isEnd = depth === 0 && character === ']';
    if (!isEnd && (character !== ',' || depth !== 1)) continue;
    const item = text.slice(from, at).trim();
    if (item !== '') items.push(item);
    from = at + 1;
  }
  return items;
}

/** Looked at before anything parses the text; strings are passed over, so braces in them do not count. */
function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at += 1;
      while (at < text.length && text.charCodeAt(at) !== QUOTE)
        at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
    } else if (code === BRACE || code === BRACKET) {
      depth += 1;
      if (depth > limit) return true;
    } else if (code === BRACE_END || code === BRACKET_END) depth -= 1;
  }
  return false;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;
const BRACE_END = 0x7d;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;

/** JSON.parse makes `__proto__` an own key, so it can be seen here; the depth is bounded before. */
function forbiddenKey(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) {
    if (Object.hasOwn(value, '__proto__')) return '__proto__';
    const made = Object.hasOwn(value, 'constructor')
      ? (value as { constructor: unknown }).constructor
      : undefined;
    if (typeof made === 'object' && made !== null && Object.hasOwn(made, 'prototype'))
      return 'constructor.prototype';
  }
  for (const inner of Object.values(value)) {
    const found = forbiddenKey(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

const SPACE = /\s/;

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
