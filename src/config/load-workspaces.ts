import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigError } from './config-error.ts';
import { type Config, loadConfig } from './load.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** In a folder of several: each folder in here is one workspace's. */
const WORKSPACES = 'workspaces';

/** The folders of the workspaces in a configuration folder that holds several; undefined when it holds one. */
export async function workspaceFolders(folder: string): Promise<readonly string[] | undefined> {
  const inside = join(resolve(folder), WORKSPACES);
  const entries = await readdir(inside, { withFileTypes: true }).catch(ignoreMissing);
  if (!entries) return undefined;
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(inside, name))
    .sort();
}

/**
 * Every workspace of the configuration folder: its own when it has a `tieout.yaml`, else one per folder of `workspaces`.
 * Of several each names its Slack team, for that is how they are told apart.
 *
 * Throws: ConfigError with every problem of every file.
 */
export async function loadWorkspaces(
  folder: string,
  variables: Variables,
): Promise<readonly [Config, ...Config[]]> {
  const folders = await workspaceFolders(folder);
  if (folders === undefined) return [await loadConfig(folder, variables)];
  const main = join(resolve(folder), 'tieout.yaml');
  if ((await stat(main).catch(ignoreMissing)) !== undefined) {
    throw new ConfigError([
      `${main}: a folder with "${WORKSPACES}/" has no tieout.yaml of its own; move it to ${WORKSPACES}/<name>/tieout.yaml`,
    ]);
  }
  const loaded = await Promise.allSettled(folders.map((one) => loadConfig(one, variables)));
  const configs = loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const problems = loaded.flatMap((result) =>
    result.status === 'rejected' ? problemsOf(result.reason) : [],
  );
  const [first, ...others] = configs;
  if (problems.length > 0) throw new ConfigError(problems);
  if (!first) {
    throw new ConfigError([
      `${join(resolve(folder), WORKSPACES)}: no workspace is in here; make ${WORKSPACES}/<name>/tieout.yaml`,
    ]);
  }
  const clashes = clashesOf(configs);
  if (clashes.length > 0) throw new ConfigError(clashes);
  return [first, ...others];
}

function clashesOf(configs: readonly Config[]): readonly string[] {
  const named = new Map<string, string>();
  return configs.flatMap(({ folder, organisation: { name, slackTeamId } }) => {
    const file = join(folder, 'tieout.yaml');
    const problems: string[] = [];
    if (slackTeamId === undefined) {
      problems.push(
        `${file}: workspace.slack_team is missing; several workspaces are told apart by it, so add: slack_team: T0123ABCD`,
      );
    }
    for (const [key, value] of [
      ['name', name],
      ['slack_team', slackTeamId],
    ] as const) {
      const other = value === undefined ? undefined : named.get(`${key}=${value}`);
      if (other !== undefined)
        problems.push(`${file}: workspace.${key} "${value}" is that of ${other} already`);
      if (value !== undefined) named.set(`${key}=${value}`, file);
    }
    return problems;
  });
}

function problemsOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.problems;
  throw error;
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
