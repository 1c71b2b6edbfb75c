import type { RequestListener } from 'node:http';
import { Fault } from '../core/fault.ts';
import type { Organisation } from '../core/organisation.ts';
import type { Sql } from '../db/client.ts';
import { inWorkspace } from '../db/tx.ts';
import type { Logger } from '../observe/logger.ts';
import { apiRoot } from './limits.ts';
import type { Sender } from './sender/sender.ts';
import { type CallSlack, webApiCaller } from './sender/web-api.ts';
import { storeTeam } from './store-team.sql.ts';
import { startTransport } from './transport/transport.ts';
import { type BotIdentity, slackWorkspace, type WorkspaceOptions } from './workspace.ts';

export type SlackSettings = {
  readonly botToken: string;
  /** For requests over HTTP. */
  readonly signingSecret: string | undefined;
  /** For Socket Mode, which is used whenever this is set. */
  readonly appToken?: string | undefined;
  /** Another Web API root than Slack's. */
  readonly apiUrl: string | undefined;
};

export type SlackOptions = {
  readonly settings: SlackSettings;
  readonly organisation: Organisation;
  readonly rules?: NonNullable<WorkspaceOptions['rules']>;
  readonly prove?: WorkspaceOptions['prove'];
  /** For presses: short statements, so that nobody waits behind a run. */
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly logger: Logger;
};

export type SlackApp = {
  /** For POST /slack/events; undefined with Socket Mode, where Slack sends nothing there. */
  readonly requestListener: RequestListener | undefined;
  readonly sender: Sender;
  /** False while no Socket Mode connection stands: then no press arrives. */
  readonly isConnected: () => boolean;
  readonly stop: () => Promise<void>;
};

/**
 * Connects to Slack with one workspace's token: learns who the bot is, starts sending, and returns the listener for what
 * Slack sends.
 *
 * Throws: Fault('slack_unavailable', 'slack_refused', 'slack_team_wrong', 'slack_team_taken') that names the variable or
 *         key to change.
 */
export async function startSlack(options: SlackOptions): Promise<SlackApp> {
  const { settings, organisation, sql, workspaceId, logger } = options;
  const apiUrl = apiRoot(settings.apiUrl);
  const token = (): string => settings.botToken;
  // Nothing is posted yet, so nothing is in doubt while it waits: a slow answer is better than a service that does not start.
  const timeoutMs = Math.max(organisation.delivery.timeoutMs, START_TIMEOUT_MS);
  const call = webApiCaller({ token, apiUrl, timeoutMs });
  const identity = await whoAmI(call, organisation);
  const other = await inWorkspace(sql, workspaceId, (tx) => storeTeam(tx, workspaceId, identity.teamId));
  if (other !== undefined) {
    throw new Fault(
      'slack_team_taken',
      `SLACK_BOT_TOKEN belongs to Slack team ${identity.teamId}, which is workspace "${other}" already: use that configuration, or another token.`,
    );
  }
  const workspace = slackWorkspace({
    organisation,
    ...(options.rules && { rules: options.rules }),
    prove: options.prove,
    sql,
    workspaceId,
    apiUrl,
    token,
    logger,
  });
  await workspace.goLive(identity);
  try {
    const { signingSecret, appToken } = settings;
    const transport = await startTransport({
      signingSecret,
      appToken,
      apiUrl,
      workspaces: [workspace],
      logger,
    });
    const stop = async (): Promise<void> => {
      await transport.stop();
      await workspace.park();
    };
    const { requestListener, isConnected } = transport;
    return { requestListener, sender: workspace.sender, isConnected, stop };
  } catch (error) {
    await workspace.park();
    throw error;
  }
}

const START_TIMEOUT_MS = 10_000;

async function whoAmI(call: CallSlack, organisation: Organisation): Promise<BotIdentity> {
  const answer = await call('auth.test', {}, ['team_id', 'user_id']);
  if (answer.kind !== 'done') {
    const why = answer.kind === 'rate_limited' ? 'ratelimited' : answer.error;
    throw answer.kind === 'shut_out'
      ? new Fault(
          'slack_refused',
          `SLACK_BOT_TOKEN: Slack answers ${why}. Install the app again and copy its bot token.`,
        )
      : new Fault(
          'slack_unavailable',
          `Slack did not answer auth.test: ${why}. Check the network and SLACK_API_URL.`,
          { retryable: true },
        );
  }
  const { team_id: teamId, user_id: botUserId, bot_id: botId, enterprise_id: enterpriseId } = answer.body;
  if (organisation.slackTeamId !== undefined && organisation.slackTeamId !== teamId) {
    throw new Fault(
      'slack_team_wrong',
      `SLACK_BOT_TOKEN belongs to team ${String(teamId)}, tieout.yaml says workspace.slack_team ${organisation.slackTeamId}. Change one of them.`,
    );
  }
  return {
    teamId: String(teamId),
    botUserId: String(botUserId),
    botId: typeof botId === 'string' ? botId : '',
    enterpriseId: typeof enterpriseId === 'string' ? enterpriseId : undefined,
    appId: organisation.slackAppId ?? (await appIdOf(call, botId)),
  };
}

/** Needs users:read; without it the app id of a request is not compared. */
async function appIdOf(call: CallSlack, botId: unknown): Promise<string | undefined> {
  if (typeof botId !== 'string') return undefined;
  const answer = await call('bots.info', { bot: botId });
  const appId =
    answer.kind === 'done' ? (answer.body.bot as { app_id?: unknown } | undefined)?.app_id : undefined;
  return typeof appId === 'string' ? appId : undefined;
}
