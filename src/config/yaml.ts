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
import { oddities } from './yaml-oddities.ts';

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

/** In characters. What a person wrote is shorter; a program's mistake takes minutes to be told about. */
const LONGEST = 1_000_000;

/** The end of a path that lies within the configuration folder: `reconciliations/leads.yaml`. */
const IN_FOLDER = /(?:(?:reconciliations|feeds)[/\\])?[^/\\]+$/;

/** One parsed YAML file that knows where each of its keys stands. */
export class YamlSource {
  readonly file: string;
  readonly text: string;
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #problems: Problems;
  /** Nothing of it can be taken, and that was said. */
  readonly #isUnreadable: boolean;

  constructor(file: string, text: string, problems: Problems) {
    this.file = file;
    this.text = text;
    this.#problems = problems;
    this.#lines = new LineCounter();
    const isTooLong = text.length > LONGEST;
    const read = isTooLong ? '' : text;
    this.#document = parseDocument(read, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: true });
    if (isTooLong)
      this.problem([], `is longer than ${LONGEST.toLocaleString('en')} characters; take it apart`);
    const said = isTooLong || this.#sayUnreadable();
    this.#isUnreadable = said;
  }

  /** Notes what keeps the file from being read; whether there is any. */
  #sayUnreadable(): boolean {
    const { errors, warnings } = this.#document;
    for (const { code, message, pos } of worthSaying([...errors, ...warnings])) {
      this.#sayAt(pos[0], yamlProblem(code, message));
    }
    if (errors.length > 0) return true;
    const odd = oddities(this.#document);
    for (const { node, text } of odd) this.#sayAt(node.range?.[0] ?? 0, text);
    return odd.length > 0;
  }

  #sayAt(offset: number, text: string): void {
    const { line, col } = this.#lines.linePos(offset);
    this.#problems.add({ file: this.file, line: Math.max(line, 1), column: Math.max(col, 1), text });
  }

  /** The file's content as `schema` reads it; undefined after noting every problem, each with its line. */
  read<T extends z.ZodType>(schema: T): z.output<T> | undefined {
    if (this.#isUnreadable) return undefined;
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

  /** `tieout.yaml:41`: where the value under this path stands, in the folder: people read it in Slack, whom the server's paths do not concern. */
  place(path: KeyPath): string {
    const [file = this.file] = IN_FOLDER.exec(this.file) ?? [];
    return `${file}:${this.#position(path, false).line}`;
  }

  #content(): unknown {
    try {
      return this.#document.toJS() ?? {};
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      // Aliases that multiply beyond the parser's limit.
      this.#sayAt(0, 'aliases (*name) repeat one another too many times; write out what they stand for');
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

type YamlError = Document['errors'][number] | Document['warnings'][number];

/** What follows from a tab, or from what lies too deep, says nothing more. */
function worthSaying(all: readonly YamlError[]): readonly YamlError[] {
  const tabs = all.filter(({ code }) => code === 'TAB_AS_INDENT');
  if (tabs.length > 0) return tabs;
  const deep = all.find(({ message }) => isDepth(message));
  return deep ? [deep] : all;
}

const isDepth = (message: string): boolean => message.includes('call stack');

function yamlProblem(code: string, message: string): string {
  if (isDepth(message)) return 'is nested too deep to be read';
  return YAML_PROBLEMS[code] ?? `this is not readable as YAML: ${message.split('\n')[0]}`;
}

const YAML_PROBLEMS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key stands here twice; keep one of them',
  TAB_AS_INDENT: 'a tab cannot indent YAML; use spaces',
  MULTIPLE_DOCS: 'a second document begins here; a file holds one',
};

/** Fractions as text: the canonical form knows whole numbers only, because others have several spellings. */
function withoutFractions(value: CanonicalValue | number): CanonicalValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(withoutFractions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withoutFractions(child)]));
}
