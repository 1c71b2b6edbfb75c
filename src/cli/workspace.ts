import type { Config } from '../config/load.ts';
import type { Sql } from '../db/client.ts';
import { listWorkspaces } from '../pipeline/report/workspaces.sql.ts';
import { EXIT, Stop } from './exit.ts';

export type Workspace = { readonly workspaceId: string; readonly name: string };
type Choice = { readonly named: string | undefined; readonly config: Config | undefined };

/**
 * The workspace a reading command is about: the one named, else the configuration's, else the only one there is.
 *
 * Throws: Stop that lists the choices.
 */
export async function chooseWorkspace(sql: Sql, choice: Choice): Promise<string> {
  const workspaces = await chooseWorkspaces(sql, choice);
  const [only, ...others] = workspaces;
  if (only && others.length === 0) return only.workspaceId;
  const names = workspaces.map((workspace) => `"${workspace.name}"`).join(', ');
  throw new Stop(`There are several workspaces: choose one with --workspace. Known: ${names}.`, EXIT.usage);
}

/**
 * The workspaces a command that can take several is about: the one named, else the configuration's, else all.
 *
 * Throws: Stop when there is none, or none of that name.
 */
export async function chooseWorkspaces(sql: Sql, { named, config }: Choice): Promise<readonly Workspace[]> {
  const workspaces = await listWorkspaces(sql);
  const name = named ?? config?.organisation.name;
  const found = name === undefined ? workspaces : workspaces.filter((workspace) => workspace.name === name);
  if (found.length > 0) return found;
  if (workspaces.length === 0) {
    throw new Stop('Nothing is on the record yet: run "tieout run" (or "npm run demo") first.', EXIT.failed);
  }
  const names = workspaces.map((workspace) => `"${workspace.name}"`).join(', ');
  throw new Stop(`There is no workspace "${name}". Known: ${names}.`, EXIT.usage);
}

/**
 * Keeps a trial with the wrong folder from leaving a workspace behind in a database that others use. The first one of a
 * database may be made by a trial.
 *
 * Throws: Stop that names what is there.
 */
export async function refuseAnotherWorkspace(sql: Sql, { organisation, folder }: Config): Promise<void> {
  const workspaces = await listWorkspaces(sql);
  if (workspaces.length === 0 || workspaces.some(({ name }) => name === organisation.name)) return;
  const names = workspaces.map(({ name }) => `"${name}"`).join(', ');
  throw new Stop(
    `${folder} is about "${organisation.name}", and this database holds ${names}: nothing was tried, and nothing is kept. Point TIEOUT_CONFIG at the folder you mean, or begin this workspace with a run in another mode.`,
    EXIT.usage,
  );
}
