import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { z } from 'zod';
import { canonical } from '../core/canonical.ts';
import type { FeedContract } from '../core/contract.ts';
import type { Organisation } from '../core/organisation.ts';
import type { Reconciliation } from '../core/spec.ts';
import type { Versioned } from '../core/versioned.ts';
import { ConfigError } from './config-error.ts';
import { toContract } from './contract.ts';
import { checkOrganisation, toOrganisation } from './organisation.ts';
import { readPlaybooks } from './playbooks.ts';
import { toReconciliation } from './reconciliation.ts';
import type { Known } from './reconciliation-context.ts';
import { feedSchema } from './schema-feed.ts';
import { organisationSchema } from './schema-organisation.ts';
import { reconciliationSchema } from './schema-reconciliation.ts';
import { Problems, YamlSource } from './yaml.ts';

export type Config = {
  /** Absolute. */
  readonly folder: string;
  readonly organisation: Organisation;
  readonly feeds: ReadonlyMap<string, FeedContract & Versioned>;
  readonly reconciliations: ReadonlyMap<string, Reconciliation & Versioned>;
};

type Environment = Readonly<Record<string, string | undefined>>;
type Read<T> = { readonly source: YamlSource; readonly path: string; readonly file: T | undefined };

/**
 * The whole config folder, read, checked and cross-checked.
 *
 * Throws: ConfigError with every problem of every file as `path/file.yaml:line:col key.path: what is wrong`.
 */
export async function loadConfig(folder: string, env: Environment): Promise<Config> {
  const root = resolve(folder);
  const problems = new Problems();
  const reader = { root, problems };
  const main = await readMain(reader);
  const specFiles = await readFolder(reader, 'reconciliations', reconciliationSchema);
  const { feedFiles, feeds, known } = await readKnown(reader, { env, main });
  const reconciliations = collect(specFiles, {
    keyOf: (file) => file.reconciliation,
    what: 'reconciliation',
    make: ({ source }, file) => toReconciliation(file, source, known),
  });
  if (main.file) {
    const isComplete = specFiles.every(({ file }) => file !== undefined);
    checkOrganisation(main.file, main.source, { known: [...reconciliations.values()], isComplete });
  }
  const playbooks = main.file && (await readPlaybooks(main.file, main));
  if (problems.count > 0 || main.file === undefined) throw new ConfigError(problems.lines());
  return {
    folder: root,
    organisation: withRoutes(toOrganisation(main.file, main.source, playbooks ?? {}), [
      ...reconciliations.values(),
    ]),
    feeds: withVersions(feeds, feedFiles, (file) => file.feed),
    reconciliations: withVersions(reconciliations, specFiles, (file) => file.reconciliation),
  };
}

/**
 * One reconciliation, read with the feeds and the teams of its folder; other reconciliations are not looked at.
 *
 * Throws: ConfigError with every problem of the file, and of those that it refers to.
 */
export async function loadSpec(
  file: string,
  { folder, env }: { readonly folder: string; readonly env: Environment },
): Promise<Reconciliation & Versioned> {
  const reader = { root: resolve(folder), problems: new Problems() };
  const hasMain = (await stat(join(reader.root, 'tieout.yaml')).catch(ignoreMissing)) !== undefined;
  const main = hasMain ? await readMain(reader) : undefined;
  const { known } = await readKnown(reader, { env, main });
  const read = await readOne(reader, resolve(file), reconciliationSchema);
  const spec = read.file && toReconciliation(read.file, read.source, known);
  if (reader.problems.count > 0 || spec === undefined) throw new ConfigError(reader.problems.lines());
  return { ...spec, ...versionOf(read.source), file: read.source.file };
}

type Main = Read<z.output<typeof organisationSchema>>;

/** What the names in a reconciliation may refer to. */
async function readKnown(
  reader: Reader,
  { env, main }: { readonly env: Environment; readonly main: Main | undefined },
): Promise<{
  readonly feedFiles: readonly Read<z.output<typeof feedSchema>>[];
  readonly feeds: Map<string, FeedContract>;
  readonly known: Known;
}> {
  const feedFiles = await readFolder(reader, 'feeds', feedSchema);
  const feeds = collect(feedFiles, {
    keyOf: (file) => file.feed,
    what: 'feed',
    make: ({ source, path }, file) => toContract(file, source, { path, env, organisation: main?.file }),
  });
  const known: Known = {
    feeds,
    brokenFeeds: new Set(feedFiles.flatMap(({ file, source }) => (file ? [] : [fileStem(source.file)]))),
    teams: main?.file && Object.keys(main.file.teams),
  };
  return { feedFiles, feeds, known };
}

/** The ownership matrix with what each reconciliation says of its own exceptions before it. */
const withRoutes = (organisation: Organisation, specs: readonly Reconciliation[]): Organisation => ({
  ...organisation,
  ownership: [...specs.flatMap(({ route }) => route ?? []), ...organisation.ownership],
});

type Reader = { readonly root: string; readonly problems: Problems };

async function readMain(reader: Reader): Promise<Main> {
  const path = join(reader.root, 'tieout.yaml');
  if ((await stat(path).catch(ignoreMissing)) === undefined) {
    throw new ConfigError([
      `${shown(path)}: this file is missing; create it, or point TIEOUT_CONFIG at your folder`,
    ]);
  }
  return readOne(reader, path, organisationSchema);
}

async function readFolder<T extends z.ZodType>(
  reader: Reader,
  name: string,
  schema: T,
): Promise<Read<z.output<T>>[]> {
  const entries = (await readdir(join(reader.root, name)).catch(ignoreMissing)) ?? [];
  const files = entries.filter((entry) => /\.ya?ml$/.test(entry)).sort();
  return Promise.all(files.map((entry) => readOne(reader, join(reader.root, name, entry), schema)));
}

async function readOne<T extends z.ZodType>(
  { problems }: Reader,
  path: string,
  schema: T,
): Promise<Read<z.output<T>>> {
  const text = await readFile(path, 'utf8').catch(ignoreFolder);
  const source = new YamlSource(shown(path), text ?? '', problems);
  if (text !== undefined) return { source, path, file: source.read(schema) };
  source.problem([], 'this is a folder; a file is wanted here');
  return { source, path, file: undefined };
}

/** The path as people type it: from where they stand when the file is below, absolute otherwise. */
function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}

function ignoreFolder(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'EISDIR') throw error;
}

const fileStem = (file: string): string => (file.split(/[/\\]/).at(-1) ?? '').replace(/\.ya?ml$/, '');

function collect<F, T>(
  files: readonly Read<F>[],
  rule: {
    readonly keyOf: (file: F) => string;
    readonly what: string;
    readonly make: (read: Read<F>, file: F) => T;
  },
): Map<string, T> {
  const made = new Map<string, T>();
  const first = new Map<string, string>();
  for (const read of files) {
    if (read.file === undefined) continue;
    const key = rule.keyOf(read.file);
    const before = first.get(key);
    if (before !== undefined) {
      read.source.problem(
        [rule.what],
        `${before} is already the ${rule.what} "${key}"; give this one another name`,
      );
      continue;
    }
    first.set(key, read.source.file);
    made.set(key, rule.make(read, read.file));
  }
  return made;
}

function versionOf(source: YamlSource): Versioned {
  const body = canonical(source.body());
  // Postgres keeps no NUL, which a comment may hold.
  const text = source.text.includes('\u0000') ? undefined : source.text;
  return { body, text, sha256: createHash('sha256').update(body).digest('hex') };
}

function withVersions<F, T>(
  made: ReadonlyMap<string, T>,
  files: readonly Read<F>[],
  keyOf: (file: F) => string,
): ReadonlyMap<string, T & Versioned> {
  const versioned = new Map<string, T & Versioned>();
  for (const { file, source } of files) {
    const value = file === undefined ? undefined : made.get(keyOf(file));
    if (file === undefined || value === undefined) continue;
    versioned.set(keyOf(file), { ...value, ...versionOf(source), file: source.file });
  }
  return versioned;
}
