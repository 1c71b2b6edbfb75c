import type { Command } from 'commander';
import { type Environment, requireSlack } from '../../config/env.ts';
import { createLogger } from '../../observe/logger.ts';
import { applyConfig } from '../../pipeline/govern/apply-config.ts';
import type { SlackSettings } from '../../slack/app.ts';
import { type Context, configNow, environmentNow } from '../context.ts';
import { openDatabase } from '../database.ts';
import { startService } from '../service.ts';
import { untilStopped } from '../until-stopped.ts';

const HELP = `
Needs SLACK_BOT_TOKEN, a configuration folder (TIEOUT_CONFIG), and SLACK_SIGNING_SECRET for requests over HTTP or
SLACK_APP_TOKEN for Socket Mode, which wins when both are set. DATABASE_URL logs in as a member
of tieout_app, never as the owner or a superuser; without it the embedded database is used.

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
      const slack = slackSettings(environment);
      const config = await configNow(environment);
      const logger = createLogger({
        level: environment.logLevel,
        secrets: [slack.botToken, slack.signingSecret, slack.appToken, environment.encryptionKey].flatMap(
          (secret) => secret ?? [],
        ),
      });
      const database = await openDatabase(environment, { as: 'own' });
      try {
        const { workspaceId } = await applyConfig(database.pool('runs'), config, { now: new Date() });
        const { organisation } = config;
        const service = await startService({
          database,
          config,
          organisation,
          workspaceId,
          slack,
          port: environment.port,
          schedules: true,
          logger,
        });
        output.note(`Listening on port ${service.port}; ${transportWords(slack)}`);
        const signal = await untilStopped();
        logger.info({ signal }, 'stopping');
        await service.stop();
      } finally {
        await database.close();
      }
    });
}

function slackSettings(environment: Environment): SlackSettings {
  const { botToken, signingSecret, appToken, apiUrl } = requireSlack(environment);
  return { botToken, signingSecret, appToken, apiUrl };
}

const transportWords = ({ appToken, signingSecret }: SlackSettings): string => {
  if (appToken === undefined) return 'Slack sends to /slack/events.';
  return signingSecret === undefined
    ? 'Slack sends over Socket Mode.'
    : 'Slack sends over Socket Mode; SLACK_SIGNING_SECRET is not used.';
};
