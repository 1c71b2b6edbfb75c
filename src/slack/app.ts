import type { RequestListener } from 'node:http';
import { App, type Receiver } from '@slack/bolt';
import { Fault } from '../core/fault.ts';
import type { Organisation } from '../core/organisation.ts';
import { readCardFacts } from '../db/cards/card-facts.sql.ts';
import type { Sql } from '../db/client.ts';
import { inWorkspace } from '../db/tx.ts';
import type { Logger } from '../observe/logger.ts';
import { boltLogger } from './bolt-logger.ts';
import type { ListenerContext } from './listeners/context.ts';
import { registerListeners } from './listeners/register.ts';
import { type Sender, startSender } from './sender/sender.ts';
import { type CallSlack, clientOptions, webApiCaller } from './sender/web-api.ts';
import { storeTeam } from './store-team.sql.ts';
import { httpTransport } from './transport/http.ts';
import { startSocketMode } from './transport/socket-mode.ts';

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
  /** For presses: short statements, so that nobody waits behind a run. */
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly logger: Logger;
};

export type SlackApp = {
  /** For POST /slack/events; undefined with Socket Mode, where Slack sends nothing there. */
  readonly requestListener: RequestListener | undefined;
  readonly sender: Sender;
  readonly stop: () => Promise<void>;
};

type Identity = {
  readonly teamId: string;
  readonly enterpriseId: string | undefined;
  readonly botUserId: string;
  readonly botId: string;
  readonly appId: string | undefined;
};

/** A press is answered within 3 s or not at all. */
const INTERACTIVE_MS = 1_500;

/**
 * Connects to Slack: learns who the bot is, starts sending, and returns the listener for what Slack sends.
 *
 * Throws: Fault('slack_unavailable', 'slack_refused', 'slack_team_wrong') that names the variable or key to change.
 */
export async function startSlack(options: SlackOptions): Promise<SlackApp> {
  const { settings, organisation, sql, workspaceId, logger } = options;
  const apiUrl = settings.apiUrl === undefined ? undefined : withSlash(settings.apiUrl);
  const caller = (timeoutMs: number) => webApiCaller({ token: settings.botToken, apiUrl, timeoutMs });
  const call = caller(INTERACTIVE_MS);
  const identity = await whoAmI(caller(organisation.delivery.timeoutMs), organisation);
  const other = await inWorkspace(sql, workspaceId, (tx) => storeTeam(tx, workspaceId, identity.teamId));
  if (other !== undefined) {
    throw new Fault(
      'slack_team_taken',
      `SLACK_BOT_TOKEN belongs to Slack team ${identity.teamId}, which is workspace "${other}" already: use that configuration, or another token.`,
    );
  }

  const sender = await startSender({
    sql,
    workspaceId,
    call: caller(organisation.delivery.timeoutMs),
    readFacts: async (id) => {
      const [facts] = await inWorkspace(sql, workspaceId, (tx) => readCardFacts(tx, workspaceId, [id]));
      return facts && { ...facts, playbook: organisation.playbooks[facts.type] };
    },
    botUserId: identity.botUserId,
    timing: organisation.delivery,
    logger,
  });
  const { teamId } = identity;
  const responseOrigins = responseOriginsFor(apiUrl);
  const context = { sql, workspaceId, teamId, organisation, call, responseOrigins, logger };
  try {
    const transport = await startTransport({ settings, identity, apiUrl }, context);
    const stop = async (): Promise<void> => {
      await transport.stop();
      await sender.stop();
    };
    return { requestListener: transport.requestListener, sender, stop };
  } catch (error) {
    await sender.stop();
    throw error;
  }
}

type Wiring = {
  readonly settings: SlackSettings;
  readonly identity: Identity;
  readonly apiUrl: string | undefined;
};
type Transport = {
  readonly requestListener: RequestListener | undefined;
  readonly stop: () => Promise<void>;
};

/** Socket Mode when there is an app token, else signed requests; the same listeners behind both. */
async function startTransport(wiring: Wiring, context: ListenerContext): Promise<Transport> {
  const { settings, identity, apiUrl } = wiring;
  const { logger } = context;
  const { appToken, signingSecret } = settings;
  if (appToken !== undefined) {
    if (signingSecret !== undefined) {
      logger.warn(
        'both SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are set: Socket Mode is used, /slack/events is off',
      );
    }
    const app = makeApp(NO_RECEIVER, wiring, context);
    const next = app.processEvent.bind(app);
    const { stop } = await startSocketMode({ appToken, apiUrl, allowed: identity, next, logger });
    return { requestListener: undefined, stop };
  }
  if (signingSecret === undefined) {
    throw new Fault('slack_refused', 'Set SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode).');
  }
  const { receiver, requestListener } = httpTransport({ signingSecret, allowed: identity, logger });
  makeApp(receiver, wiring, context);
  return { requestListener, stop: async () => undefined };
}

/** Envelopes are handed to Bolt one by one, behind our guard. */
const NO_RECEIVER: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
};

function makeApp(receiver: Receiver, { settings, identity, apiUrl }: Wiring, context: ListenerContext): App {
  const { botUserId, botId, teamId } = identity;
  const app = new App({
    receiver,
    // Known since the start; asking Slack again for every press would cost the person's three seconds.
    authorize: async () => ({ botToken: settings.botToken, botUserId, botId, teamId }),
    clientOptions: clientOptions({ apiUrl, timeoutMs: INTERACTIVE_MS }),
    logger: boltLogger(context.logger),
  });
  app.error(async (error) => {
    throw error;
  });
  registerListeners(app, context);
  return app;
}

async function whoAmI(call: CallSlack, organisation: Organisation): Promise<Identity> {
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

const responseOriginsFor = (apiUrl: string | undefined): readonly string[] => [
  'https://hooks.slack.com',
  'https://hooks.slack-gov.com',
  ...(apiUrl === undefined ? [] : [new URL(apiUrl).origin]),
];

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);
