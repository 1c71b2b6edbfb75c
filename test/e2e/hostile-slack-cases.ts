import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export type Expected = {
  readonly outcome: string;
  readonly state_change: boolean;
  readonly note: string;
  readonly audit: string | null;
};
export type Case = {
  readonly id: string;
  readonly entry: string;
  // biome-ignore lint/suspicious/noExplicitAny: each case has the fields that its kind of badness needs
  readonly input: any;
  readonly expect: Expected;
};

const folder =
  process.env.TIEOUT_SHARED_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const path = `${folder}/bad-inputs/bad-inputs.json`;

/** Why the cases cannot be read here; undefined when they can. */
export const missingReason = existsSync(path)
  ? undefined
  : 'the folder of bad inputs is not at ../shared/data; set TIEOUT_SHARED_DATA to run these';

/** Every case that enters through one door, with its notation still unexpanded; none when the folder is absent. */
export const casesOf = (entry: string): readonly Case[] =>
  missingReason === undefined
    ? (JSON.parse(readFileSync(path, 'utf8')) as Case[]).filter((each) => each.entry === entry)
    : [];

const MOST_BYTES = 16_777_216;

const NOTATION: Readonly<Record<string, (value: never) => unknown>> = {
  $repeat: ([part, times]: [unknown, number]) =>
    typeof part === 'string'
      ? part.repeat(Math.min(times, MOST_BYTES))
      : Array.from({ length: times }, () => expanded(part)),
  $gzip_of: (part: unknown) => gzipSync(String(expanded(part))),
};

/** The value that a notation stands for; all else as it is. */
export function expanded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expanded);
  if (typeof value !== 'object' || value === null) return value;
  const [[notation, given] = ['', undefined]] = Object.entries(value);
  const expand = NOTATION[notation];
  if (expand) return expand(given as never);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expanded(each)]));
}

/** The value with every `$name` in its texts replaced; a text that is only a name becomes what it stands for. */
export function filledIn(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') {
    const pattern = new RegExp(
      Object.keys(names)
        .map((name) => name.replaceAll(/[$()]/g, '\\$&'))
        .join('|'),
      'g',
    );
    return value.replaceAll(pattern, (name) => names[name] ?? name);
  }
  if (Array.isArray(value)) return value.map((each) => filledIn(each, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filledIn(each, names)]));
}
