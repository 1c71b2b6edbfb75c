import { type FeedContract, REMOVAL_MARKS } from '../contract.ts';
import { columnKey, wantedColumns } from '../row.ts';
import type { Finding } from './finding.ts';
import type { Observed, ObservedColumn, ValueKind } from './observed.ts';
import { median } from './spike.ts';
import { type Refusals, unreadable } from './unreadable.ts';

/** What the rows of a delivery came to, as far as drift shows in it. */
export type Reads = {
  readonly rows: number;
  readonly refused: Refusals;
  /** Rows that lost to another row of their own delivery with the same key. */
  readonly duplicates: number;
};

/** A delivery as drift looks at it. */
export type Seen = { readonly observed: Observed; readonly reads: Reads };

/** A share is judged from this many rows on. */
const LEAST_ROWS = 10;
/** What so many rows do is no accident of some rows. */
const LARGE_SHARE = 0.2;
/** A column has a kind when so many of its values have it. */
const CLEAR_SHARE = 0.9;
/** And another one when so many have that. */
const OTHER_SHARE = 0.5;
const BLANK_POINTS = 0.1;
/** Deliveries before, to know how many blanks are usual. */
const LEAST_BEFORE = 3;
/** A column with few words over many rows has a vocabulary. */
const VOCABULARY_ROWS = 50;

/** Columns that the contract reads, with the fields read from each. */
function readColumns(contract: FeedContract): ReadonlyMap<string, readonly string[]> {
  const read = new Map<string, string[]>();
  for (const { name, from, type } of contract.fields) {
    const columns = [from, type.kind === 'money' ? type.currency.from : undefined];
    for (const column of columns) {
      if (column !== undefined) read.set(columnKey(column), [...(read.get(columnKey(column)) ?? []), name]);
    }
  }
  return read;
}

/**
 * How a delivery's columns differ from those of the deliveries before it, the last of them first; nothing while there is none.
 *
 * Added, where the contract does not read it: recorded. Removed, retyped, or no longer readable: breaking where the contract reads the
 * column. More blanks than usual and words that were never there: told, with floors, since every column varies.
 */
export function driftOf(contract: FeedContract, now: Seen, before: readonly Seen[]): readonly Finding[] {
  const [last] = before;
  if (last === undefined) return [];
  const read = readColumns(contract);
  const { format } = contract;
  const wanted = new Set(wantedColumns(contract).map(columnKey));
  const columns = judgedColumns(now.observed, { format, wanted });
  const known = judgedColumns(last.observed, { format, wanted });
  const about = { contract, read };
  return [
    ...[...known].flatMap(([key, column]) =>
      columns.has(key) || mayBeSparse(column, { last, now }) ? [] : removed(column.name, about),
    ),
    ...[...columns].flatMap(([key, column]) => {
      const earlier = known.get(key);
      // One that the contract reads is no news: a delivery before was taken without it.
      if (earlier === undefined)
        return wanted.has(key) ? [] : [{ kind: 'column_added', column: column.name } as const];
      return [
        ...retyped(column, { earlier, fields: read.get(key) ?? [], contract }),
        ...blanks(column, {
          sampled: now.observed.sampled,
          before: before.map(({ observed }) => observed),
          fields: read.get(key) ?? [],
        }),
        ...words(column, { earlier, last: last.observed, fields: read.get(key) ?? [], contract }),
      ];
    }),
    ...unreadable(
      now.reads,
      before.map(({ reads }) => reads),
    ),
    ...notUnique(contract, now.reads, last.reads),
  ];
}

/** Without the mark of deleted rows that its protocol has: it is read whether the contract names it or not, and comes and goes with the deletions. */
function judgedColumns(
  { columns }: Observed,
  { format, wanted }: { readonly format: FeedContract['format']; readonly wanted: ReadonlySet<string> },
): ReadonlyMap<string, ObservedColumn> {
  const mark = format === 'airbyte' || format === 'singer' ? REMOVAL_MARKS[format] : undefined;
  const all = columns.map((column) => [columnKey(column.name), column] as const);
  return new Map(all.filter(([key]) => key !== mark || wanted.has(key)));
}

/** Where nothing lists the columns, one that few rows had can be missing from a sample by chance. */
function mayBeSparse(
  column: ObservedColumn,
  { last, now }: { readonly last: Seen; readonly now: Seen },
): boolean {
  if (last.observed.isDeclared && now.observed.isDeclared) return false;
  return now.observed.sampled < LEAST_ROWS || column.blanks > OTHER_SHARE * last.observed.sampled;
}

type About = { readonly contract: FeedContract; readonly read: ReadonlyMap<string, readonly string[]> };

function removed(column: string, { contract, read }: About): Finding[] {
  const fields = read.get(columnKey(column)) ?? [];
  return fields.some((field) => contract.key.includes(field))
    ? [{ kind: 'key_changed', column, how: 'removed' }]
    : [{ kind: 'column_removed', column, fields }];
}

/** The kind that most values of a column have; undefined when none is clear. */
function clearKind({ kinds }: ObservedColumn, share: number): ValueKind | undefined {
  const all = asNowNamed(kinds);
  const filled = all.reduce((sum, [, count]) => sum + count, 0);
  if (filled < LEAST_ROWS) return undefined;
  return all.find(([, count]) => count >= share * filled)?.[0];
}

/** Deliveries on the record may still call amounts such as `1880.00` months. */
function asNowNamed(kinds: ObservedColumn['kinds']): readonly (readonly [ValueKind, number])[] {
  const { 'date YYYY.00': months = 0, ...others } = kinds;
  const decimal = (others.decimal ?? 0) + months;
  return Object.entries({ ...others, ...(decimal > 0 && { decimal }) }) as [ValueKind, number][];
}

/** Whole numbers are decimal ones too, and the other way round for a source that drops `.00`. */
const family = (kind: ValueKind): string => (kind === 'integer' || kind === 'decimal' ? 'number' : kind);

function retyped(
  column: ObservedColumn,
  about: {
    readonly earlier: ObservedColumn;
    readonly fields: readonly string[];
    readonly contract: FeedContract;
  },
): Finding[] {
  const { earlier, contract } = about;
  // A memo is whatever it is; what is compared, counted or dated is not.
  const fields = about.fields.filter(
    (name) => contract.fields.find((field) => field.name === name)?.type.kind !== 'text',
  );
  const from = clearKind(earlier, CLEAR_SHARE);
  const to = clearKind(column, OTHER_SHARE);
  if (fields.length === 0 || from === undefined || to === undefined || family(from) === family(to)) return [];
  return fields.some((field) => contract.key.includes(field))
    ? [{ kind: 'key_changed', column: column.name, how: 'retyped' }]
    : [{ kind: 'column_retyped', column: column.name, fields, from, to }];
}

type Share = { readonly count: number; readonly rows: number };

/** Many rows, and far more of them than last time: what was always so is no drift. */
const isNews = (now: Share, last: Share): boolean =>
  now.count >= LEAST_ROWS &&
  now.count >= LARGE_SHARE * now.rows &&
  now.count * Math.max(1, last.rows) > 2 * last.count * now.rows;

const notUnique = ({ key }: FeedContract, { rows, duplicates }: Reads, last: Reads): Finding[] =>
  isNews({ count: duplicates, rows }, { count: last.duplicates, rows: last.rows })
    ? [{ kind: 'key_not_unique', key, rows: duplicates, of: rows }]
    : [];

function blanks(
  column: ObservedColumn,
  about: {
    readonly sampled: number;
    readonly before: readonly Observed[];
    readonly fields: readonly string[];
  },
): Finding[] {
  const { sampled, before, fields } = about;
  const key = columnKey(column.name);
  const shares = before.flatMap((observed) => {
    const found = observed.columns.find(({ name }) => columnKey(name) === key);
    return found === undefined || observed.sampled < LEAST_ROWS ? [] : [found.blanks / observed.sampled];
  });
  if (fields.length === 0 || sampled < LEAST_ROWS || shares.length < LEAST_BEFORE) return [];
  const now = column.blanks / sampled;
  const usual = median(shares);
  const spread = median(shares.map((share) => Math.abs(share - usual)));
  if (now - usual < Math.max(BLANK_POINTS, 3 * spread)) return [];
  return [{ kind: 'blanks', column: column.name, fields, now: percent(now), usual: percent(usual) }];
}

const percent = (share: number): number => Math.round(share * 100);

/** The columns, by their compared names, of which new words are news: those that a `choice` reads. */
export const vocabularyColumns = ({ fields }: FeedContract): ReadonlySet<string> =>
  new Set(
    fields.flatMap(({ from, type, personal }) =>
      type.kind === 'choice' && from !== undefined && personal === undefined ? [columnKey(from)] : [],
    ),
  );

/** Words of a small vocabulary that were never there before: a new status says nothing until somebody maps it. */
function words(
  column: ObservedColumn,
  about: {
    readonly earlier: ObservedColumn;
    readonly last: Observed;
    readonly fields: readonly string[];
    readonly contract: FeedContract;
  },
): Finding[] {
  const { earlier, last, fields, contract } = about;
  // A new client or campaign is no news; a new status is, as long as no map knows it.
  const isRead = fields.some(
    (name) => contract.fields.find((field) => field.name === name)?.type.kind === 'choice',
  );
  if (!isRead || earlier.words === undefined || column.words === undefined) return [];
  const known = Object.keys(earlier.words);
  if (known.length > 12 || last.sampled < VOCABULARY_ROWS || known.length === 0) return [];
  const fresh = Object.entries(column.words).filter(([word, count]) => !known.includes(word) && count >= 2);
  if (fresh.length === 0) return [];
  const listed = fresh.sort(([, a], [, b]) => b - a).slice(0, 8);
  return [{ kind: 'new_words', column: column.name, fields, words: listed.map(([word]) => word) }];
}
