import { type Document, isAlias, isCollection, type Node, type Pair, type Scalar, visit } from 'yaml';

export type Oddity = { readonly node: Node; readonly text: string };

/** Deeper than anything that a configuration says; deep enough nests what reads it beyond what a program bears. */
const DEEPEST = 40;

/** What YAML allows and no two programs, or no person and program, read alike; what Postgres cannot keep; what never ends. */
export function oddities(document: Document): readonly Oddity[] {
  const found: Oddity[] = [];
  const note = (node: Node, text: string | undefined) => {
    if (text !== undefined) found.push({ node, text });
  };
  visit(document, {
    Scalar: (key, node) => note(node, key === 'key' ? oddKey(node) : oddValue(node)),
    Alias: (_, node, path) => {
      const of = node.resolve(document);
      if (of === undefined) note(node, `nothing above is marked &${node.source}`);
      else if (path.includes(of)) note(node, `*${node.source} stands inside what it repeats; write it out`);
    },
    Pair: (_, pair) => {
      const key = keyOf(pair);
      if (isCollection(key) || isAlias(key)) note(key, 'a key is one word');
    },
    Collection: (_, node, path) => {
      if (path.filter(isCollection).length < DEEPEST) return undefined;
      note(node, `is nested more than ${DEEPEST} deep`);
      return visit.BREAK;
    },
  });
  return found;
}

const keyOf = ({ key }: Pair): unknown => key;

/** A number has one spelling: `017` is seventeen here and fifteen elsewhere, `1e400` is no number at all. */
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function oddValue({ value, source }: Scalar): string | undefined {
  if (typeof value === 'string') return oddText(value);
  if (typeof value !== 'number') return undefined;
  const written = source ?? String(value);
  if (!PLAIN_NUMBER.test(written))
    return `"${short(written)}" is not how a number is written here; write it like 17 or 0.99, or in quotes where it is text`;
  const isKept = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  return isKept ? undefined : `"${short(written)}" has more digits than a number keeps; put it in quotes`;
}

/** A key that is no text becomes text, and another one: `01` would be 1. */
function oddKey({ value, source }: Scalar): string | undefined {
  if (typeof value === 'string') return oddText(value);
  const becomes = value === null ? '' : String(value);
  if (source === undefined || source === becomes) return undefined;
  return `"${short(source)}" would be read as "${becomes}"; put it in quotes`;
}

function oddText(text: string): string | undefined {
  if (text.includes('\u0000')) return 'holds a NUL character, which cannot be kept; take it out';
  return LONE_SURROGATE.test(text) ? 'holds half a character; take it out' : undefined;
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
