import type { Reconciliation } from '../core/spec.ts';
import type { Versioned } from '../core/versioned.ts';
import { ConfigError } from './config-error.ts';
import type { Config } from './load.ts';
import { toReconciliation } from './reconciliation.ts';
import { reconciliationSchema } from './schema-reconciliation.ts';
import { Problems, YamlSource } from './yaml.ts';

/** A version of a spec, from the record. */
export type RecordedSpec = {
  readonly reconciliation: string;
  readonly version: number;
  readonly body: string;
  readonly sha256: string;
  /** The file as it was written; null where only its canonical form was kept. */
  readonly text: string | null;
};

/**
 * A version of a reconciliation as the record keeps it, read with the feeds and teams of a configuration.
 *
 * Throws: ConfigError with whatever in it does not fit the configuration any more.
 */
export function readRecorded(
  { reconciliation, version, body, sha256, text }: RecordedSpec,
  { feeds, organisation }: Pick<Config, 'feeds' | 'organisation'>,
): Reconciliation & Versioned {
  const problems = new Problems();
  const name = `${reconciliation} (version ${version})`;
  const source = new YamlSource(name, text ?? withNumbers(body), problems);
  const file = source.read(reconciliationSchema);
  const teams = organisation.teams.map(({ key }) => key);
  const spec = file && toReconciliation(file, source, { feeds, brokenFeeds: new Set(), teams });
  if (problems.count > 0 || spec === undefined) {
    throw new ConfigError([
      ...problems.lines(),
      `${reconciliation}: version ${version} is the active rule, and this configuration does not fit it; undo what these lines name until a rule is approved that does without`,
    ]);
  }
  return { ...spec, body, sha256, text: text ?? undefined };
}

/** The canonical form keeps fractions as text: where the schema wants a number, the text is one again. */
function withNumbers(body: string): string {
  const value = JSON.parse(body) as unknown;
  const read = reconciliationSchema.safeParse(value);
  for (const issue of read.error?.issues ?? []) {
    if (issue.code === 'invalid_type' && issue.expected === 'number') numberAt(value, issue.path);
  }
  return JSON.stringify(value);
}

function numberAt(root: unknown, path: readonly PropertyKey[]): void {
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Holder)[key], root) as Holder;
  const key = path.at(-1) ?? '';
  if (typeof parent[key] === 'string') parent[key] = Number(parent[key]);
}

type Holder = Record<PropertyKey, unknown>;
