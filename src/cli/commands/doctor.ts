import type { Command } from 'commander';
import { ConfigError } from '../../config/config-error.ts';
import { type Environment, requireSlack } from '../../config/env.ts';
import type { Config } from '../../config/load.ts';
import { variables } from '../../config/variables.ts';
import { Fault } from '../../core/fault.ts';
import {
  type Check,
  checkRecord,
  checkSession,
  failed,
  fine,
  skipped,
} from '../../pipeline/report/doctor.ts';
import { listWorkspaces } from '../../pipeline/report/workspaces.sql.ts';
import { checkRequests } from '../../slack/doctor/check-requests.ts';
import { checkSlack } from '../../slack/doctor/check-slack.ts';
import { type Context, configNow, environmentNow } from '../context.ts';
import { openDatabase } from '../database.ts';
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
  const config = await configNow(environment).catch((error: unknown) => problem('configuration', error));
  const known = 'check' in config ? undefined : config;
  return [
    fine('environment', 'every variable that is set is well formed'),
    'check' in config ? config : fine('configuration', `${environment.configFolder} is well formed`),
    ...(await examineDatabase(environment, known)),
    ...(await examineSlack(environment, known)),
  ];
}

/** Logs in as `serve` does: a role that must not serve is one of the things to find. */
async function examineDatabase(environment: Environment, config: Config | undefined): Promise<Check[]> {
  const database = await openDatabase(environment, { as: 'own' }).catch((error: unknown) =>
    problem('database', error),
  );
  if ('check' in database) return [database];
  try {
    const sql = database.pool('people');
    const session = await checkSession(sql);
    const name = config?.organisation.name;
    const workspace = (await listWorkspaces(sql)).find((known) => known.name === name);
    if (!workspace)
      return [session, skipped('record', 'this configuration has not run on this database yet')];
    const { workspaceId } = workspace;
    return [session, ...(await checkRecord(sql, { workspaceId, now: () => new Date() }))];
  } catch (error) {
    return [problem('database', error)];
  } finally {
    await database.close();
  }
}

async function examineSlack(environment: Environment, config: Config | undefined): Promise<Check[]> {
  const slack = orCheck('slack variables', () => requireSlack(environment));
  if ('check' in slack) return [slack];
  const { botToken, appToken, signingSecret, apiUrl } = slack;
  const teams = config?.organisation.teams ?? [];
  return [
    ...(await checkSlack({ botToken, appToken, apiUrl, teams })),
    ...(await checkRequests({
      signingSecret,
      isSlack: apiUrl === undefined,
      port: environment.port,
      publicUrl: variables().TIEOUT_PUBLIC_URL || undefined,
      usesSockets: appToken !== undefined,
    })),
  ];
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
