import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { z } from 'zod';
import type { CanonicalValue } from '../core/canonical.ts';
import { describeIssue } from './issue.ts';

export type KeyPath = readonly PropertyKey[];

type Located = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
};

/** Collects every problem of every file, to be told at once and in reading order. */
export class Problems {
  readonly #all: Located[] = [];

  get count(): number {
    return this.#all.length;
  }

  add(problem: Located): void {
    this.#all.push(problem);
  }

  /** `path/file.yaml:12:3 key.path: what is wrong`, sorted by file, line and column, each once. */
  lines(): readonly string[] {
    const sorted = [...this.#all].sort(
      (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
    );
    return [...new Set(sorted.map(({ file, line, column, text }) => `${file}:${line}:${column} ${text}`))];
  }
}

/** One parsed YAML file that knows where each of its keys stands. */
export class YamlSource {
  readonly file: string;
  readonly text: string;
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #problems: Problems;

  constructor(file: string, text: string, problems: Problems) {
    this.file = file;
    this.text = text;
    this.#problems = problems;
    this.#lines = new LineCounter();
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: true });
    for (const error of [...this.#document.errors, ...this.#document.warnings]) {
      const { line, col } = this.#lines.linePos(error.pos[0]);
      problems.add({ file, line, column: col, text: yamlProblem(error.code, error.message) });
    }
  }

  /** The file's content as `schema` reads it; undefined after noting every problem, each with its line. */
  read<T extends z.ZodType>(schema: T): z.output<T> | undefined {
    if (this.#document.errors.length > 0) return undefined;
    const value = this.#content();
    if (value === undefined) return undefined;
    const result = schema.safeParse(value, { error: describeIssue });
    if (result.success) return result.data;
    for (const issue of result.error.issues) this.#note(issue);
    return undefined;
  }

  /** The file's content as plain data, for its canonical form; call it only after `read` found no problem. */
  body(): CanonicalValue {
    return withoutFractions(this.#document.toJS() as CanonicalValue | number);
  }

  /** Notes that the value under this path is wrong. */
  problem(path: KeyPath, text: string): void {
    this.#add(path, text, false);
  }

  /** `tieout.yaml:41`: where the value under this path stands. */
  place(path: KeyPath): string {
    return `${this.file}:${this.#position(path, false).line}`;
  }

  #content(): unknown {
    try {
      return this.#document.toJS() ?? {};
    } catch (error) {
      // Aliases that multiply beyond the parser's limit.
      const text = error instanceof Error ? error.message : String(error);
      this.#problems.add({ file: this.file, line: 1, column: 1, text });
      return undefined;
    }
  }

  #note(issue: z.core.$ZodIssue): void {
    if (issue.code !== 'unrecognized_keys') {
      this.#add(issue.path, issue.message, false);
      return;
    }
    const messages = issue.message.split('\n');
    for (const [index, key] of issue.keys.entries()) {
      this.#add([...issue.path, key], messages[index] ?? issue.message, true);
    }
  }

  #add(path: KeyPath, text: string, onKey: boolean): void {
    const { line, column } = this.#position(path, onKey);
    const keys = pathText(path);
    this.#problems.add({ file: this.file, line, column, text: keys === '' ? text : `${keys}: ${text}` });
  }

  #position(path: KeyPath, onKey: boolean): { line: number; column: number } {
    let node: Node | null = this.#document.contents;
    for (const [index, key] of path.entries()) {
      const next = childOf(this.#document, node, key);
      if (next === undefined) break;
      const isLast = index === path.length - 1;
      node =
        isLast && onKey && isNode(next.key) ? next.key : (next.value ?? (isNode(next.key) ? next.key : node));
    }
    const { line, col } = this.#lines.linePos(node?.range?.[0] ?? 0);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

/** `teams.media_ops.members[1]`. */
function pathText(path: KeyPath): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

function childOf(
  document: Document,
  parent: Node | null,
  key: PropertyKey,
): { readonly key: unknown; readonly value: Node | undefined } | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isMap(node)) {
    const pair = pairOf(node, key);
    return pair && { key: pair.key, value: isNode(pair.value) ? pair.value : undefined };
  }
  if (!isSeq(node) || typeof key !== 'number') return undefined;
  const item = node.items[key];
  return isNode(item) ? { key: undefined, value: item } : undefined;
}

const pairOf = (map: YAMLMap, key: PropertyKey): Pair | undefined =>
  map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));

function yamlProblem(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'this key stands here twice; keep one of them';
  if (code === 'TAB_AS_INDENT') return 'a tab cannot indent YAML; use spaces';
  return `this is not readable as YAML: ${message.split('\n')[0]}`;
}

/** Fractions as text: the canonical form knows whole numbers only, because others have several spellings. */
function withoutFractions(value: CanonicalValue | number): CanonicalValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(withoutFractions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withoutFractions(child)]));
}
