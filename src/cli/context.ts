import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config/config-error.ts';
import { type Environment, readEnvironment } from '../config/env.ts';
import { type Config, loadConfig } from '../config/load.ts';
import { workspaceFolders } from '../config/load-workspaces.ts';
import { variables } from '../config/variables.ts';
import { type Database, openDatabase } from './database.ts';
import type { Output } from './output.ts';
import { type InForce, putInForce } from './rules-in-force.ts';
import { chooseWorkspace, chooseWorkspaces, refuseAnotherWorkspace, type Workspace } from './workspace.ts';

/** What a command gets: where to write, and ways to the configuration and the database that are taken only when needed. */
export type Context = { readonly output: Output };

export const environmentNow = (): Environment => readEnvironment(variables());

/** The configuration of the one workspace a command is about. Throws: ConfigError, also when there are several. */
export async function configNow({ configFolder }: Environment): Promise<Config> {
  const [first] = (await workspaceFolders(configFolder)) ?? [];
  if (first === undefined) return await loadConfig(configFolder, variables());
  throw new ConfigError([
    `${configFolder} holds several workspaces, and this command is about one: name its folder, as in TIEOUT_CONFIG=${first}`,
  ]);
}

type Named = { workspace?: string | undefined };

/** Runs a reading command on the chosen workspace; needs no configuration where one workspace is enough to know. */
export const withWorkspace = <T>(
  options: Named,
  work: (database: Database, workspaceId: string, config: Config | undefined) => Promise<T>,
): Promise<T> =>
  reading(options, async (database, choice) =>
    work(database, await chooseWorkspace(database.pool('reports'), choice), choice.config),
  );

/** Runs a reading command on the workspace that is named or configured, else on all of them. */
export const withWorkspaces = <T>(
  options: Named,
  work: (database: Database, workspaces: readonly Workspace[]) => Promise<T>,
): Promise<T> =>
  reading(options, async (database, choice) =>
    work(database, await chooseWorkspaces(database.pool('reports'), choice)),
  );

async function reading<T>(
  { workspace }: Named,
  work: (database: Database, choice: Parameters<typeof chooseWorkspace>[1]) => Promise<T>,
): Promise<T> {
  const environment = environmentNow();
  const hasConfig = existsSync(join(environment.configFolder, 'tieout.yaml'));
  const config = hasConfig ? await configNow(environment) : undefined;
  return await withDatabase(environment, (database) => work(database, { named: workspace, config }));
}

type Configured = { database: Database; config: Config; environment: Environment };

/**
 * Runs a writing command under the configuration, which is put on the record first, with the rules that are in force.
 * `isTrial`: what is only tried out makes no second workspace beside those that are there.
 */
export const withConfig = <T>(
  work: (input: Configured & Pick<InForce, 'workspaceId' | 'differing'> & { files: Config }) => Promise<T>,
  { isTrial = false } = {},
): Promise<T> =>
  withConfiguration(async (input) => {
    const { database, config: files } = input;
    if (isTrial) await refuseAnotherWorkspace(database.pool('runs'), files);
    const inForce = await putInForce(database.pool('runs'), files, { now: new Date() });
    return await work({ ...input, ...inForce, files });
  });

/** Runs a command with the configuration as it is written, whatever of it is on the record. */
export async function withConfiguration<T>(work: (input: Configured) => Promise<T>): Promise<T> {
  const environment = environmentNow();
  const config = await configNow(environment);
  return await withDatabase(environment, (database) => work({ database, config, environment }));
}

async function withDatabase<T>(
  environment: Environment,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(environment, { as: 'stepDown' });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
