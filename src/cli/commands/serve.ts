import type { Command } from 'commander';
import { type Environment, requireSlackAccess } from '../../config/env.ts';
import { loadWorkspaces } from '../../config/load-workspaces.ts';
import { assertVariables, secretValues } from '../../config/secrets.ts';
import { variables } from '../../config/variables.ts';
import { assertSigningKeys, signingKeys, webhookSecretValues } from '../../config/webhooks.ts';
import type { WebhookEndpoint } from '../../core/webhook-endpoint.ts';
import { createLogger, type Logger } from '../../observe/logger.ts';
import type { Sources } from '../../pipeline/take-in.ts';
import { type Context, environmentNow } from '../context.ts';
import { type Database, openDatabase } from '../database.ts';
import { differingWords } from '../differing-words.ts';
import { putInForce } from '../rules-in-force.ts';
import type { ServedWorkspace } from '../served.ts';
import { startService } from '../service.ts';
import type { SlackWay } from '../slack-side.ts';
import { sourcesNow } from '../sources.ts';
import { untilStopped } from '../until-stopped.ts';

const HELP = `
Needs a configuration folder (TIEOUT_CONFIG) and a way into Slack: SLACK_BOT_TOKEN for one workspace; or, to be installed
from GET /slack/install into the workspaces that the configuration names, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET,
SLACK_STATE_SECRET and TIEOUT_ENCRYPTION_KEY. Requests come over HTTP with SLACK_SIGNING_SECRET, or over Socket Mode with
SLACK_APP_TOKEN, which wins when both are set. DATABASE_URL logs in as a member of tieout_app, never as the owner or a
superuser; without it the embedded database is used.

Examples:
  TIEOUT_CONFIG=/etc/tieout DATABASE_URL=postgres://tieout_web:…@db.example/tieout tieout serve`;

/** `tieout serve`: Slack, HTTP and schedules until stopped. */
export function addServe(program: Command, { output }: Context): void {
  program
    .command('serve')
    .description('answer Slack, send what is due, run the schedules, until stopped')
    .addHelpText('after', HELP)
    .action(async () => {
      const environment = environmentNow();
      const slack = slackWay(environment);
      const configs = await loadWorkspaces(environment.configFolder, variables());
      const feeds = configs.flatMap((config) => [...config.feeds.values()]);
      assertVariables(feeds, variables());
      const endpoints = configs.flatMap(({ organisation }) => organisation.webhooks ?? []);
      assertSigningKeys(endpoints, variables());
      const secrets = [
        ...secretsOf(environment),
        ...secretValues(feeds, variables()),
        ...webhookSecretValues(endpoints, variables()),
      ];
      const logger = createLogger({ level: environment.logLevel, secrets });
      const database = await openDatabase(environment, { as: 'own' });
      try {
        const workspaces: ServedWorkspace[] = [];
        for (const files of configs) {
          const inForce = await putInForce(database.pool('runs'), files, { now: new Date() });
          const { config, workspaceId, differing } = inForce;
          for (const file of differing) output.note(differingWords(file));
          workspaces.push({ config, organisation: config.organisation, workspaceId });
        }
        const { port, publicUrl } = environment;
        const sources = sourcesNow(environment);
        const signingKeysOf = (endpoint: WebhookEndpoint) => signingKeys(endpoint, variables());
        await serve({
          database,
          workspaces,
          slack,
          port,
          publicUrl,
          sources,
          signingKeysOf,
          logger,
          note: output.note,
        });
      } finally {
        await database.close();
      }
    });
}

type Serving = {
  readonly database: Database;
  readonly workspaces: readonly ServedWorkspace[];
  readonly slack: SlackWay;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly sources: Sources;
  readonly signingKeysOf: (endpoint: WebhookEndpoint) => readonly Buffer[];
  readonly logger: Logger;
  readonly note: (text: string) => void;
};

async function serve({ note, ...options }: Serving): Promise<void> {
  const service = await startService({ ...options, schedules: true });
  note(`Listening on port ${service.port}; ${transportWords(options.slack)}`);
  if (options.slack.kind === 'oauth') note('Install the app into a Slack workspace at /slack/install.');
  const signal = await untilStopped();
  options.logger.info({ signal }, 'stopping');
  await service.stop();
}

function slackWay(environment: Environment): SlackWay {
  const access = requireSlackAccess(environment);
  if (access.kind === 'oauth') return { kind: 'oauth', settings: access.slack };
  const { botToken, signingSecret, appToken, apiUrl } = access.slack;
  return { kind: 'token', settings: { botToken, signingSecret, appToken, apiUrl } };
}

function secretsOf({ slack, encryptionKey }: Environment): string[] {
  const { botToken, signingSecret, appToken, clientSecret, stateSecret } = slack;
  const keys = encryptionKey?.split(',').map((key) => key.trim()) ?? [];
  return [botToken, signingSecret, appToken, clientSecret, stateSecret, ...keys].flatMap(
    (secret) => secret ?? [],
  );
}

const transportWords = ({ settings: { appToken, signingSecret } }: SlackWay): string => {
  if (appToken === undefined) return 'Slack sends to /slack/events.';
  return signingSecret === undefined
    ? 'Slack sends over Socket Mode.'
    : 'Slack sends over Socket Mode; SLACK_SIGNING_SECRET is not used.';
};
