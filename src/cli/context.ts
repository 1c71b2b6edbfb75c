import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, readEnvironment } from '../config/env.ts';
import { type Config, loadConfig } from '../config/load.ts';
import { variables } from '../config/variables.ts';
import { applyConfig } from '../pipeline/govern/apply-config.ts';
import { type Database, openDatabase } from './database.ts';
import type { Output } from './output.ts';
import { chooseWorkspace } from './workspace.ts';

/** What a command gets: where to write, and ways to the configuration and the database that are taken only when needed. */
export type Context = { readonly output: Output };

export const environmentNow = (): Environment => readEnvironment(variables());

export const configNow = (environment: Environment): Promise<Config> =>
  loadConfig(environment.configFolder, variables());

/** Runs a reading command on the chosen workspace; needs no configuration where one workspace is enough to know. */
export async function withWorkspace<T>(
  { workspace }: { workspace?: string | undefined },
  work: (database: Database, workspaceId: string) => Promise<T>,
): Promise<T> {
  const environment = environmentNow();
  const hasConfig = existsSync(join(environment.configFolder, 'tieout.yaml'));
  const config = hasConfig ? await configNow(environment) : undefined;
  return await withDatabase(environment, async (database) => {
    const workspaceId = await chooseWorkspace(database.pool('reports'), { named: workspace, config });
    return await work(database, workspaceId);
  });
}

/** Runs a writing command under the configuration, which is put on the record first. */
export async function withConfig<T>(
  work: (input: {
    database: Database;
    config: Config;
    workspaceId: string;
    environment: Environment;
  }) => Promise<T>,
): Promise<T> {
  const environment = environmentNow();
  const config = await configNow(environment);
  return await withDatabase(environment, async (database) => {
    const { workspaceId } = await applyConfig(database.pool('runs'), config, { now: new Date() });
    return await work({ database, config, workspaceId, environment });
  });
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
