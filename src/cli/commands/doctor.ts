import type { Command } from 'commander';
import { ConfigError } from '../../config/config-error.ts';
import { type Environment, type OAuthEnvironment, requireSlackAccess } from '../../config/env.ts';
import type { Config } from '../../config/load.ts';
import { loadWorkspaces } from '../../config/load-workspaces.ts';
import { variables } from '../../config/variables.ts';
import { Fault } from '../../core/fault.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { channelIds } from '../../pipeline/report/channel-ids.sql.ts';
import {
  type Check,
  checkRecord,
  checkRoom,
  checkSession,
  failed,
  fine,
  skipped,
} from '../../pipeline/report/doctor.ts';
import { listWorkspaces } from '../../pipeline/report/workspaces.sql.ts';
import { checkInstallation } from '../../slack/doctor/check-installation.ts';
import { checkRequests } from '../../slack/doctor/check-requests.ts';
import { checkSlack, placesOf } from '../../slack/doctor/check-slack.ts';
import { readAccess } from '../../slack/install/access.ts';
import { type Context, environmentNow } from '../context.ts';
import { openDatabase } from '../database.ts';
import { checkEndpointSettings } from '../doctor-webhooks.ts';
import { EXIT } from '../exit.ts';
import { inert, type Output, toJson } from '../output.ts';

const HELP = `
Looks at everything "tieout serve" needs, changes nothing, and says for each thing that is wrong how to mend it. Give it
the environment of the service, and TIEOUT_PUBLIC_URL to try the address that Slack was given.

Examples:
  tieout doctor
  TIEOUT_PUBLIC_URL=https://tieout.agency.example tieout doctor --json`;

/** `tieout doctor`. */
export function addDoctor(program: Command, { output }: Context): void {
  program
    .command('doctor')
    .description('look at everything the service needs, and say how to mend what is wrong')
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (options: { json?: boolean }) => {
      const checks = await examine();
      if (options.json) output.answer(toJson({ ok: isHealthy(checks), checks }));
      else print(output, checks);
      process.exitCode = isHealthy(checks) ? EXIT.done : EXIT.failed;
    });
}

const isHealthy = (checks: readonly Check[]): boolean => checks.every(({ state }) => state !== 'failed');

async function examine(): Promise<Check[]> {
  const environment = orCheck('environment', environmentNow);
  if ('check' in environment) return [environment];
  const loaded = await loadWorkspaces(environment.configFolder, variables()).catch((error: unknown) =>
    problem('configuration', error),
  );
  const configs = 'check' in loaded ? [] : loaded;
  return [
    fine('environment', 'every variable that is set is well formed'),
    'check' in loaded ? loaded : fine('configuration', `${environment.configFolder} is well formed`),
    ...checkEndpointSettings(configs),
    ...(await examineWithDatabase(environment, configs)),
  ];
}

/** Logs in as `serve` does: a role that must not serve is one of the things to find. */
async function examineWithDatabase(environment: Environment, configs: readonly Config[]): Promise<Check[]> {
  const database = await openDatabase(environment, { as: 'own' }).catch((error: unknown) =>
    problem('database', error),
  );
  if ('check' in database)
    return [database, ...(await examineSlack(environment, { configs, sql: undefined }))];
  try {
    const sql = database.pool('people');
    return [...(await examineRecord(sql, configs)), ...(await examineSlack(environment, { configs, sql }))];
  } finally {
    await database.close();
  }
}

async function examineRecord(sql: Sql, configs: readonly Config[]): Promise<Check[]> {
  try {
    const session = await checkSession(sql);
    const ofEach = await eachWorkspace(sql, { configs, about: 'record' }, (workspaceId) =>
      checkRecord(sql, { workspaceId, now: () => new Date() }),
    );
    return [session, await checkRoom(sql), ...ofEach];
  } catch (error) {
    return [problem('database', error)];
  }
}

/** The checks of each configured workspace, by its name where there are several. */
async function eachWorkspace(
  sql: Sql,
  { configs, about }: { configs: readonly Config[]; about: string },
  look: (workspaceId: string, config: Config) => Promise<Check[]>,
): Promise<Check[]> {
  const known = await listWorkspaces(sql);
  const all = await Promise.all(
    configs.map(async (config) => {
      const { name } = config.organisation;
      const workspaceId = known.find((workspace) => workspace.name === name)?.workspaceId;
      const checks =
        workspaceId === undefined
          ? [skipped(about, 'this configuration has not run on this database yet')]
          : await look(workspaceId, config);
      return configs.length === 1
        ? checks
        : checks.map((check) => ({ ...check, detail: `${name}: ${check.detail}` }));
    }),
  );
  return all.flat();
}

type Known = { readonly configs: readonly Config[]; readonly sql: Sql | undefined };

async function examineSlack(environment: Environment, { configs, sql }: Known): Promise<Check[]> {
  const access = orCheck('slack variables', () => requireSlackAccess(environment));
  if ('check' in access) return [access];
  const { appToken, signingSecret, apiUrl } = access.slack;
  const { publicUrl, port } = environment;
  const ofTeams =
    access.kind === 'token'
      ? await checkSlack({
          botToken: access.slack.botToken,
          appToken,
          apiUrl,
          teams: configs[0] ? placesOf(configs[0].organisation) : [],
          channelIds: await knownChannels(sql, configs[0]),
        })
      : await examineInstallations(access.slack, { configs, sql });
  return [
    ...ofTeams,
    ...(await checkRequests({
      signingSecret,
      isSlack: apiUrl === undefined,
      port,
      publicUrl,
      usesSockets: appToken !== undefined,
    })),
  ];
}

/** What was learnt of the channels; nothing where there is no record yet, or no database. */
async function knownChannels(sql: Sql | undefined, config: Config | undefined): Promise<Map<string, string>> {
  const workspaces = sql && config ? await listWorkspaces(sql) : [];
  const known = workspaces.find(({ name }) => name === config?.organisation.name);
  if (!sql || !known) return new Map();
  return await inWorkspace(sql, known.workspaceId, (tx) => channelIds(tx, known.workspaceId));
}

async function examineInstallations(slack: OAuthEnvironment, { configs, sql }: Known): Promise<Check[]> {
  if (!sql) return [skipped('slack installation', 'it is in the database')];
  const { keys, publicUrl, appToken, apiUrl } = slack;
  try {
    return await eachWorkspace(sql, { configs, about: 'slack installation' }, async (workspaceId, config) => {
      const now = await readAccess({ sql, workspaceId, keys });
      const { slackTeamId } = config.organisation;
      const learnt = await knownChannels(sql, config);
      return await checkInstallation({
        now,
        slackTeamId,
        publicUrl,
        appToken,
        apiUrl,
        teams: placesOf(config.organisation),
        channelIds: learnt,
      });
    });
  } catch (error) {
    return [problem('slack installation', error)];
  }
}

function orCheck<T extends object>(check: string, read: () => T): T | Check {
  try {
    return read();
  } catch (error) {
    return problem(check, error);
  }
}

/** An expected error as a failed check: its message says what to do. Anything else is a bug and is thrown on. */
function problem(check: string, error: unknown): Check {
  if (error instanceof ConfigError) {
    return failed(check, error.message, 'Change what is named, then run doctor again.');
  }
  if (error instanceof Fault)
    return failed(check, error.message, FIXES[error.code] ?? `Look up ${error.code} in docs/errors.md.`);
  throw error;
}

const MIGRATE = 'Run "tieout migrate" with an administrator\'s DATABASE_URL.';
const FIXES: Readonly<Record<string, string>> = {
  database_unreachable: 'Start the database, or correct DATABASE_URL.',
  database_login_refused: 'Correct user and password in DATABASE_URL.',
  database_missing: 'Create the database, or correct DATABASE_URL.',
  database_role_unsafe: 'Log in as a role that is a member of tieout_app and nothing more.',
  database_url_invalid: 'Correct DATABASE_URL.',
  permission_denied: 'Log in as a role that is a member of tieout_app and nothing more.',
  roles_missing: 'Restore anew, with the roles made first (docs/operations.md, Backup and anchors).',
  schema_missing: MIGRATE,
  schema_older: MIGRATE,
  schema_newer: 'Deploy the newer code.',
};

const SIGN = { ok: 'ok    ', skipped: '-     ', failed: 'FAILED' } as const;
const WIDTH = 22;

function print(output: Output, checks: readonly Check[]): void {
  for (const check of checks) {
    const fix = check.state === 'failed' ? ` Fix: ${check.fix}` : '';
    const text = inert(`${check.detail}.${fix}`.replaceAll('..', '.'));
    output.answer(`${SIGN[check.state]}  ${check.check.padEnd(WIDTH)} ${text}`);
  }
  const wrong = checks.filter(({ state }) => state === 'failed').length;
  output.answer(wrong === 0 ? 'Nothing is wrong.' : `Things to mend: ${wrong}.`);
}
