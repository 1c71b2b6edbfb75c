import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ExpectedOutcome, ExpectedRun } from '../../examples/support/outcome.ts';
import { type Config, loadConfig } from '../../src/config/load.ts';
import type { Sql } from '../../src/db/client.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { applyConfig } from '../../src/pipeline/govern/apply-config.ts';
import { ingestFile } from '../../src/pipeline/ingest/ingest-file.ts';
import { type ReconcileReport, reconcile } from '../../src/pipeline/reconcile.ts';
import type { RunReport } from '../../src/pipeline/run/report.ts';
import { run } from '../../src/pipeline/run/run.ts';

export type LoadedExample = {
  readonly name: string;
  readonly folder: string;
  readonly config: Config;
  readonly expected: ExpectedOutcome;
  readonly expectedRun: ExpectedRun;
};

const NOW = new Date('2026-11-22T06:00:00Z');

/** A complete example with what it must come to; its reconciliation bears its name. */
export async function loadExample(name: string): Promise<LoadedExample> {
  const folder = fileURLToPath(new URL(`../../examples/${name}/`, import.meta.url));
  const expected = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8')) as ExpectedOutcome;
  const expectedRun = expected.reconciliations[name];
  if (!expectedRun) throw new Error(`${name}/expected.json says nothing of its reconciliation`);
  return { name, folder, config: await loadConfig(`${folder}config`, {}), expected, expectedRun };
}

/** Puts the example's configuration into a workspace of this name. */
export async function placeExample(sql: Sql, { config }: LoadedExample, workspace: string): Promise<string> {
  const named = { ...config, organisation: { ...config.organisation, name: workspace } };
  return (await applyConfig(sql, named, { now: NOW })).workspaceId;
}

const runInput = ({ name, config, expected }: LoadedExample, workspaceId: string) => {
  const spec = config.reconciliations.get(name);
  if (!spec) throw new Error(`the example has no reconciliation ${name}`);
  const { feeds, organisation } = config;
  const cutoffAt = new Date(expected.asOf);
  return { workspaceId, spec, feeds, organisation, mode: 'active', cutoffAt, now: NOW } as const;
};

/** One night of the example: its files, then its run. */
export const exampleNight = (
  sql: Sql,
  example: LoadedExample,
  workspaceId: string,
): Promise<ReconcileReport> => reconcile(sql, runInput(example, workspaceId));

/** Its run alone, over what was delivered. */
export const exampleRun = (sql: Sql, example: LoadedExample, workspaceId: string): Promise<RunReport> =>
  run(sql, runInput(example, workspaceId));

/** Delivers one of its files. */
export async function deliver(
  sql: Sql,
  { config, folder }: LoadedExample,
  { workspaceId, feed, file }: { workspaceId: string; feed: string; file: string },
): Promise<void> {
  const contract = config.feeds.get(feed);
  if (!contract) throw new Error(`no feed ${feed}`);
  await ingestFile(sql, { workspaceId, contract, from: { path: `${folder}data/${file}` } });
}

/** Every match that stands and every exception as text, without ids and times; those that runs cleared where asked for. */
const decisions = (sql: Sql, workspaceId: string, hasCleared: boolean): Promise<string[]> =>
  inWorkspace(sql, workspaceId, async (tx) => {
    const rows = await tx<{ text: string }[]>`
      select concat_ws(' ', m.pass, m.group_key, m.outcome, m.reason, m.expected_minor, m.actual_minor) as text
      from match m where m.is_live
      union all
      select concat_ws(' ', e.fingerprint, e.type, e.severity, e.reason, e.at_stake_minor, e.currency, e.status,
                       e.findings::text)
      from exception e
      where ${hasCleared} or e.status <> 'cleared'`;
    return rows.map(({ text }) => text).sort();
  });

const hashOf = (texts: readonly string[]): string =>
  createHash('sha256').update(texts.join('\n')).digest('hex');

/** One hash over every decision. */
export const decisionsHash = async (sql: Sql, workspaceId: string): Promise<string> =>
  hashOf(await decisions(sql, workspaceId, true));

/** One hash over what stands: what was raised and cleared on the way there is left out. */
export const standingHash = async (sql: Sql, workspaceId: string): Promise<string> =>
  hashOf(await decisions(sql, workspaceId, false));
