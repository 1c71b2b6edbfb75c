import { DEFAULT_LIMITS, type FeedContract } from '../core/contract.ts';
import { encodingName } from '../core/encoding.ts';
import { suggestion } from '../core/nearest-word.ts';
import { columnKey, wantedColumns } from '../core/row.ts';
import type { FeedFile } from './schema-feed.ts';
import type { YamlSource } from './yaml.ts';

type How = Pick<FeedContract, 'encoding' | 'header' | 'rows' | 'stream' | 'limits'>;

/** Which of the keys that say how a delivery is read belong to which formats. */
const BELONGS = {
  delimiter: ['csv'],
  header: ['csv', 'tsv'],
  final_line_end: ['csv', 'tsv'],
  rows: ['json'],
  stream: ['airbyte', 'singer'],
} as const satisfies Partial<Record<keyof FeedFile, readonly FeedFile['format'][]>>;

/** How a delivery's bytes become rows, after noting on `source` what does not fit the format. */
export function toReading(file: FeedFile, source: YamlSource): How {
  for (const [key, formats] of Object.entries(BELONGS) as [keyof typeof BELONGS, readonly string[]][]) {
    if (file[key] === undefined || formats.includes(file.format)) continue;
    source.problem(
      [key],
      `means nothing with format: ${file.format}; it belongs to ${formats.join(' and ')}`,
    );
  }
  checkFed(file, source);
  return {
    ...(file.encoding === undefined ? {} : { encoding: toEncoding(file.encoding, source) }),
    ...(file.header === undefined ? {} : { header: file.header }),
    ...(file.rows === undefined ? {} : { rows: toPath(file.rows) }),
    ...(file.stream === undefined ? {} : { stream: file.stream }),
    ...(file.limits === undefined ? {} : { limits: { ...DEFAULT_LIMITS, ...defined(file.limits) } }),
  };
}

/** What comes from a source, asked or by itself, is an object per line in UTF-8: read otherwise, nothing of it would be a row. */
function checkFed({ format, encoding, pull, webhook }: FeedFile, source: YamlSource): void {
  const fed = pull !== undefined ? 'pull' : webhook !== undefined ? 'webhook' : undefined;
  if (fed === undefined) return;
  if (format !== 'jsonl') {
    source.problem(
      ['format'],
      `is ${format}, and what ${fed}: brings is read as jsonl: write format: jsonl; a file of another form is still taken ` +
        `by tieout ingest --format ${format}, or make a feed of its own for it`,
    );
  }
  if (encoding === undefined || encodingName(encoding) === 'utf-8') return;
  source.problem(['encoding'], `is ${encoding}, and what ${fed}: brings is UTF-8: leave it out`);
}

function toEncoding(label: string, source: YamlSource): string {
  const name = encodingName(label);
  if (name !== undefined) return name;
  source.problem(
    ['encoding'],
    `"${label}" is no encoding that is known; write one like utf-8, windows-1252, iso-8859-15 or utf-16le`,
  );
  return label;
}

/** `[].results` and `data.items[]` as steps: `[]` is every item of a list; the last list need not say it. */
const toPath = (rows: string): readonly string[] =>
  rows
    .replace(/\[\]$/, '')
    .split(/(\[\])|\./)
    .filter((step) => step !== undefined && step !== '');

const defined = <T extends object>(given: T): { [K in keyof T]: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>;
  };

/** A declared header stands for one in the file, so it is checked as that would be. */
export function checkHeader(contract: FeedContract, source: YamlSource): void {
  const { header } = contract;
  if (header === undefined) return;
  const names = header.map(columnKey);
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index)
      source.problem(['header', index], `"${name}" stands twice; rename one of them`);
  }
  for (const column of wantedColumns(contract)) {
    if (names.includes(columnKey(column))) continue;
    source.problem(
      ['header'],
      `has no column "${column}", which the fields need${suggestion(column, header)}`,
    );
  }
}
