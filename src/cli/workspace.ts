import type { Config } from '../config/load.ts';
import type { Sql } from '../db/client.ts';
import { listWorkspaces } from '../pipeline/report/workspaces.sql.ts';
import { EXIT, Stop } from './exit.ts';

/**
 * The workspace a reading command is about: the one named, else the configuration's, else the only one there is.
 *
 * Throws: Stop that lists the choices.
 */
export async function chooseWorkspace(
  sql: Sql,
  { named, config }: { named: string | undefined; config: Config | undefined },
): Promise<string> {
  const workspaces = await listWorkspaces(sql);
  const name = named ?? config?.organisation.name;
  const found = name === undefined ? workspaces : workspaces.filter((workspace) => workspace.name === name);
  const [only, ...others] = found;
  if (only && others.length === 0) return only.workspaceId;
  if (workspaces.length === 0) {
    throw new Stop('Nothing is on the record yet: run "tieout run" (or "npm run demo") first.', EXIT.failed);
  }
  const names = workspaces.map((workspace) => `"${workspace.name}"`).join(', ');
  const why = name === undefined ? 'There are several workspaces' : `There is no workspace "${name}"`;
  throw new Stop(`${why}: choose one with --workspace. Known: ${names}.`, EXIT.usage);
}
