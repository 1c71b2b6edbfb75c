import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MOST_LINES = 300;

const ALL = readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' })
  .map((path) => `src/${path.replaceAll('\\', '/')}`)
  .sort();

const files = (pattern: RegExp): { path: string; text: string }[] =>
  ALL.filter((path) => pattern.test(path)).map((path) => ({ path, text: readFileSync(ROOT + path, 'utf8') }));

const SOURCES = files(/\.(?:ts|js)$/);
const CORE = files(/^src\/core\/.*\.ts$/);
const STATEMENTS = files(/\.sql\.ts$/);

const pathsWhere = (sources: typeof SOURCES, isSo: (text: string) => boolean): string[] =>
  sources.filter(({ text }) => isSo(text)).map(({ path }) => path);

const lineCount = (text: string): number => text.split('\n').length - 1;
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

describe('the source', () => {
  it('is found', () => {
    expect(SOURCES.length).toBeGreaterThan(100);
    expect(CORE.length).toBeGreaterThan(20);
    expect(STATEMENTS.length).toBeGreaterThan(40);
  });

  it(`has no file over ${MOST_LINES} lines`, () => {
    expect(pathsWhere(SOURCES, (text) => lineCount(text) > MOST_LINES)).toEqual([]);
  });

  it('has kebab-case file names', () => {
    const odd = SOURCES.filter(
      ({ path }) => !/^(?:[a-z0-9-]+\/)+[a-z0-9-]+(?:\.sql)?\.(?:ts|js)$/.test(path),
    );

    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  it('has no file that only passes others on', () => {
    expect(SOURCES.map(({ path }) => path).filter((path) => /\/index\.(?:ts|js)$/.test(path))).toEqual([]);
  });

  it('reads no clock and no chance in core', () => {
    const impure = /\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\b|\bMath\.random\(|\bperformance\.now\(/;

    expect(pathsWhere(CORE, (text) => impure.test(withoutComments(text)))).toEqual([]);
  });

  it('reads the environment in src/config only', () => {
    // Biome sees process.env; this also sees it in plain script and in whatever Biome is told to ignore.
    const readers = pathsWhere(SOURCES, (text) => /\bprocess\s*\.\s*env\b/.test(withoutComments(text)));

    expect(readers.filter((path) => !path.startsWith('src/config/'))).toEqual([]);
  });

  it('has no import hidden in a type', () => {
    // `import('…').T` in a type position is the one form of import that Biome's rule does not see.
    const hidden = /(?::|<|=|\bas|\btypeof)\s*import\(['"]\.\.?\//;

    expect(pathsWhere(SOURCES, (text) => hidden.test(withoutComments(text)))).toEqual([]);
  });

  it('lists the columns that a statement returns', () => {
    // Inside parentheses a star only hands on what the statement around it lists.
    expect(pathsWhere(STATEMENTS, (text) => /(?<!\()\bselect\s+\*/i.test(withoutComments(text)))).toEqual([]);
  });

  it('reads a long list of ids once and not for each row', () => {
    // Such a list is text to the database, which turns it into ids wherever it stands: beside a row that is compared, for every row.
    expect(pathsWhere(STATEMENTS, (text) => /=\s*any\(\s*\$\{uuidList\(/i.test(text))).toEqual([]);
  });
});
