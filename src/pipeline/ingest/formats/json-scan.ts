import { columnKey } from '../../../core/row.ts';

const SPACE = /\s/;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;
const BRACE_END = 0x7d;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;

export type Scanned = {
  /** The top-level members with the text of their values, by exact name. */
  readonly members: ReadonlyMap<string, string>;
  /** The first key that stands twice in its object; at the top, whatever its case. */
  readonly repeated: string | undefined;
};

/**
 * The members of an object. The text is one that JSON.parse accepted, so the grammar need not be checked again; no recursion, so depth
 * cannot overflow.
 */
export function scanMembers(text: string): Scanned {
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

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** The text of each item of a list that JSON.parse accepted. */
export function scanItems(text: string): readonly string[] {
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

/** Whether brackets are nested deeper, looked at before anything parses the text; brackets in strings do not count. */
export function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at += 1;
      while (at < text.length && text.charCodeAt(at) !== QUOTE) {
        at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
      }
    } else if (code === BRACE || code === BRACKET) {
      depth += 1;
      if (depth > limit) return true;
    } else if (code === BRACE_END || code === BRACKET_END) {
      depth -= 1;
    }
  }
  return false;
}
