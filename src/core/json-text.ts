const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);

/** Where a value stands in a JSON text: from its first character to after its last. */
export type Span = { readonly from: number; readonly to: number };

/*
 * Cuts values out of a JSON text as they were written, so that no digit of a number is lost in a float. The text is one that
 * JSON.parse accepted; nothing here checks the grammar again.
 */

/** The text of the value under a path of names and positions; undefined where the path leads nowhere. */
export function textAt(text: string, path: readonly string[]): string | undefined {
  const span = spanAt(text, path);
  return span && text.slice(span.from, span.to);
}

/** Where the value under a path stands. */
export function spanAt(text: string, path: readonly string[]): Span | undefined {
  let span: Span | undefined = valueSpan(text, 0);
  for (const step of path) {
    span = span && childOf(text, span, step);
  }
  return span;
}

/** The text of each item of a list; undefined when the text is no list. */
export function itemTexts(text: string): string[] | undefined {
  const list = valueSpan(text, 0);
  if (text[list.from] !== '[') return undefined;
  return [...children(text, list)].map(({ span }) => text.slice(span.from, span.to));
}

/** The value's plain text: a string without quotes and escapes, a number as written; undefined for null and what is no scalar. */
export function scalarOf(text: string | undefined): string | undefined {
  if (text === undefined || text === 'null' || text.startsWith('{') || text.startsWith('[')) return undefined;
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

function childOf(text: string, parent: Span, step: string): Span | undefined {
  for (const { key, span } of children(text, parent)) {
    if (key === step) return span;
  }
  return undefined;
}

function* children(text: string, parent: Span): Generator<{ key: string; span: Span }> {
  const isObject = text[parent.from] === '{';
  if (!isObject && text[parent.from] !== '[') return;
  let index = 0;
  for (let at = parent.from + 1; at < parent.to - 1; ) {
    const code = text.charCodeAt(at);
    if (isSpace(code) || code === COMMA) {
      at += 1;
      continue;
    }
    let key = String(index);
    if (isObject) {
      const end = stringEnd(text, at);
      key = JSON.parse(text.slice(at, end)) as string;
      at = text.indexOf(':', end) + 1;
    }
    const span = valueSpan(text, at);
    yield { key, span };
    index += 1;
    at = span.to;
  }
}

function valueSpan(text: string, start: number): Span {
  let from = start;
  while (isSpace(text.charCodeAt(from))) from += 1;
  return { from, to: valueEnd(text, from) };
}

function valueEnd(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return stringEnd(text, from);
  if (!OPEN.has(first)) {
    let at = from;
    while (at < text.length && !isDelimiter(text.charCodeAt(at))) at += 1;
    return at;
  }
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at) - 1;
    else if (OPEN.has(code)) depth += 1;
    else if (CLOSE.has(code)) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
const isDelimiter = (code: number): boolean =>
  code === COMMA || code === COLON || CLOSE.has(code) || isSpace(code);
