import { accept, type Result, refuse } from '../../core/result.ts';
import { columnKey, type RawRow } from '../../core/row.ts';

export type JsonRefusal = {
  readonly code: 'not_json' | 'not_an_object' | 'duplicate_key';
  readonly detail: string;
};

/**
 * One JSON object as a row: each member's text. Numbers keep the digits they were written with, since a float would drop
 * some; null is an empty cell; lists and objects are their JSON text.
 *
 * Refuses: text that is no JSON, anything but an object, and a key that stands twice at any depth.
 */
export function readJsonLine(text: string): Result<RawRow, JsonRefusal> {
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
  const scanned = scanMembers(text);
  if (scanned.repeated !== undefined) {
    const detail = `the key "${scanned.repeated.slice(0, 60)}" stands twice, and nobody can say which one is meant`;
    return refuse({ code: 'duplicate_key', detail });
  }
  return accept(toRow(scanned.members));
}

function toRow(members: ReadonlyMap<string, string>): RawRow {
  const byKey = new Map([...members].map(([name, source]) => [columnKey(name), textOf(source)]));
  return { get: (column) => byKey.get(columnKey(column)) };
}

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

const SPACE = /\s/;

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
