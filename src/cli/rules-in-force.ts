import type { Config } from '../config/load.ts';
import { readRecorded } from '../config/recorded-spec.ts';
import type { Seat } from '../core/rule-change.ts';
import { openSeats } from '../core/rule-change.ts';
import type { Reconciliation } from '../core/spec.ts';
import type { Versioned } from '../core/versioned.ts';
import type { Sql } from '../db/client.ts';
import { readRuleChanges } from '../db/rules/change-facts.sql.ts';
import { inWorkspace } from '../db/tx.ts';
import { type ActiveSpec, activeSpecs } from '../pipeline/govern/active-specs.sql.ts';
import { applyConfig } from '../pipeline/govern/apply-config.ts';
import { findWorkspace } from '../pipeline/govern/find-workspace.sql.ts';

/** A file that says something else than the rule that runs use. */
export type DifferingFile = {
  readonly reconciliation: string;
  readonly file: string;
  /** The version that runs use. */
  readonly active: number;
  /** What is proposed is what the file says: by whom, and who has still to approve. */
  readonly pending: { readonly byName: string; readonly open: readonly Seat[] } | undefined;
};

export type InForce = {
  readonly workspaceId: string;
  /** With the rules that runs use, whatever their files say. */
  readonly config: Config;
  readonly differing: readonly DifferingFile[];
};

/**
 * Puts the configuration on the record and says which rules are in force: where rules are governed the active versions,
 * else what the files say.
 *
 * Throws: ConfigError when an active version does not fit the configuration any more.
 */
export async function putInForce(sql: Sql, files: Config, { now }: { now: Date }): Promise<InForce> {
  const known = files.organisation.governance && (await findWorkspace(sql, files.organisation.name));
  const active = known === undefined ? [] : await readActive(sql, known);
  const config = withActive(files, active);
  const { workspaceId } = await applyConfig(sql, config, { now });
  return { workspaceId, config, differing: await differingFiles(sql, { workspaceId, files, active }) };
}

const readActive = (sql: Sql, workspaceId: string): Promise<ActiveSpec[]> =>
  inWorkspace(sql, workspaceId, (tx) => activeSpecs(tx, workspaceId));

type Spec = Reconciliation & Versioned;

/** The configuration with the active version in the place of each file that says otherwise. */
function withActive(config: Config, active: readonly ActiveSpec[]): Config {
  const changed = [...config.reconciliations.values()].flatMap((before) => {
    const rule = active.find(({ reconciliation }) => reconciliation === before.key);
    return rule && rule.sha256 !== before.sha256 ? [readRecorded(rule, config)] : [];
  });
  return changed.length === 0 ? config : withSpecs(config, changed);
}

/** The configuration with these specs in the place of those of their names, and with who owns what they raise. */
export function withSpecs(config: Config, specs: readonly Spec[]): Config {
  const gone = new Set(
    specs.flatMap(({ key }) =>
      (config.reconciliations.get(key)?.route ?? []).map(({ source }) => `${key} ${source}`),
    ),
  );
  const others = config.organisation.ownership.filter(
    ({ source, reconciliation }) => !gone.has(`${reconciliation} ${source}`),
  );
  return {
    ...config,
    organisation: {
      ...config.organisation,
      ownership: [...specs.flatMap(({ route }) => route ?? []), ...others],
    },
    reconciliations: new Map([...config.reconciliations, ...specs.map((spec) => [spec.key, spec] as const)]),
  };
}

async function differingFiles(
  sql: Sql,
  { workspaceId, files, active }: { workspaceId: string; files: Config; active: readonly ActiveSpec[] },
): Promise<DifferingFile[]> {
  const differing = active.flatMap(({ reconciliation, version, sha256 }) => {
    const spec = files.reconciliations.get(reconciliation);
    return spec && spec.sha256 !== sha256 ? [{ spec, version }] : [];
  });
  if (differing.length === 0) return [];
  const pending = await inWorkspace(sql, workspaceId, (tx) =>
    readRuleChanges(tx, { workspaceId, isPending: true }),
  );
  return differing.map(({ spec, version }) => {
    const change = pending.find((one) => one.reconciliation === spec.key && one.sha256 === spec.sha256);
    return {
      reconciliation: spec.key,
      file: spec.file ?? spec.key,
      active: version,
      pending: change && { byName: change.author.name, open: openSeats(change) },
    };
  });
}

/** The rules of one workspace while the service runs. */
export type RuleKeeper = {
  /** As they were last read. */
  readonly now: () => Config;
  /** Reads them again; with another active version the configuration is put on the record anew, for who owns what it raises. */
  readonly refresh: () => Promise<Config>;
};

/** Keeps the rules of a workspace whose configuration is in force already. */
export function keepRules(
  sql: Sql,
  { config, workspaceId }: { readonly config: Config; readonly workspaceId: string },
): RuleKeeper {
  let current = config;
  const refresh = async (): Promise<Config> => {
    if (!config.organisation.governance) return current;
    const fresh = withActive(current, await readActive(sql, workspaceId));
    if (fresh !== current) await applyConfig(sql, fresh, { now: new Date() });
    current = fresh;
    return fresh;
  };
  return { now: () => current, refresh };
}
