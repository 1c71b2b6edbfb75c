import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/load.ts';
import { loadSpec } from '../config/load.ts';
import { readRecorded } from '../config/recorded-spec.ts';
import { variables } from '../config/variables.ts';
import type { Reconciliation } from '../core/spec.ts';
import { type SpecDifference, tellDifference } from '../core/spec-difference.ts';
import type { Versioned } from '../core/versioned.ts';
import type { Sql } from '../db/client.ts';
import { inWorkspace } from '../db/tx.ts';
import { activeSpecs } from '../pipeline/govern/active-specs.sql.ts';
import { EXIT, Stop } from './exit.ts';
import { inert, type Output } from './output.ts';

type Spec = Reconciliation & Versioned;

/** A file beside the rule that runs use. */
export type Compared = {
  readonly reconciliation: string;
  /** Undefined while nothing of this name is on the record. */
  readonly active: number | undefined;
  readonly before: Spec | undefined;
  readonly proposed: Spec;
  readonly difference: SpecDifference;
};

const NOTHING: SpecDifference = { sentences: [], places: [] };

/**
 * Reads a file with the feeds and teams of the configuration, and compares it with the active version of its rule.
 *
 * Throws: Stop when there is no such file; ConfigError with everything that is wrong in it.
 */
export async function compareWithActive(
  sql: Sql,
  { file, config, workspaceId }: { file: string; config: Config; workspaceId: string },
): Promise<Compared> {
  if (!existsSync(file)) {
    const where = join(config.folder, 'reconciliations');
    throw new Stop(
      `There is no file "${file}"; name one of ${where}, or another that states a rule.`,
      EXIT.usage,
    );
  }
  const spec = await loadSpec(file, { folder: config.folder, env: variables() });
  const all = await inWorkspace(sql, workspaceId, (tx) => activeSpecs(tx, workspaceId));
  const rule = all.find(({ reconciliation }) => reconciliation === spec.key);
  const before = rule && readRecorded(rule, config);
  return {
    reconciliation: spec.key,
    active: rule?.version,
    before,
    proposed: spec,
    difference: before
      ? tellDifference({ spec: before, body: before.body }, { spec, body: spec.body })
      : NOTHING,
  };
}

/** What a changed rule says otherwise, for a terminal. */
export function printDifference(output: Output, { sentences, places }: SpecDifference): void {
  for (const { title, gone, come } of sentences) {
    output.answer(`\n${inert(title)}`);
    for (const sentence of gone) output.answer(`  - ${inert(sentence)}`);
    for (const sentence of come) output.answer(`  + ${inert(sentence)}`);
  }
  if (places.length > 0) output.answer('\nIn the file');
  for (const { path, before, after } of places) {
    const [old, fresh] = [before ?? '(not there)', after ?? '(not there)'];
    output.answer(`  ${inert(path)}: ${inert(old)} → ${inert(fresh)}`);
  }
}
