import type { RequestListener } from 'node:http';
import type { Sql } from '../db/client.ts';
import type { Logger } from '../observe/logger.ts';
import { type SlackOptions, type SlackSettings, startSlack } from '../slack/app.ts';
import { type OAuthSettings, startInstalledSlack } from '../slack/install/app.ts';
import type { Installer } from '../slack/install/installer.ts';
import type { Sender } from '../slack/sender/sender.ts';
import { allSenders } from '../slack/sender/senders.ts';
import { EXIT, Stop } from './exit.ts';

/** How the service gets into Slack: by one token, or by what was installed. */
export type SlackWay =
  | { readonly kind: 'token'; readonly settings: SlackSettings }
  | { readonly kind: 'oauth'; readonly settings: OAuthSettings };

export type SlackSideOptions = {
  readonly way: SlackWay;
  readonly workspaces: readonly ({ readonly workspaceId: string } & Pick<
    SlackOptions,
    'organisation' | 'rules' | 'prove'
  >)[];
  readonly sql: Sql;
  readonly logger: Logger;
};

export type SlackSide = {
  readonly requestListener: RequestListener | undefined;
  /** All workspaces' messages. */
  readonly sender: Sender;
  /** Undefined when the app is not installed from here. */
  readonly installer: Installer | undefined;
  /** In words for whoever asks whether the service is ready. */
  readonly state: () => string;
  /** False while no Socket Mode connection stands. */
  readonly isConnected: () => boolean;
  readonly stop: () => Promise<void>;
};

/** Everything between the service and Slack, running. Throws: Fault, and Stop when one token is for several workspaces. */
export async function startSlackSide(options: SlackSideOptions): Promise<SlackSide> {
  return options.way.kind === 'token'
    ? await byToken(options, options.way.settings)
    : await byInstallation(options, options.way.settings);
}

async function byToken(options: SlackSideOptions, settings: SlackSettings): Promise<SlackSide> {
  const { workspaces, sql, logger } = options;
  const [workspace, ...others] = workspaces;
  if (!workspace || others.length > 0) {
    throw new Stop(
      'SLACK_BOT_TOKEN is of one Slack team, and the configuration has several workspaces: unset it and set SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET and TIEOUT_ENCRYPTION_KEY, or name one folder in TIEOUT_CONFIG.',
      EXIT.usage,
    );
  }
  const slack = await startSlack({ ...workspace, settings, sql, logger });
  return { ...slack, installer: undefined, state: () => 'connected' };
}

async function byInstallation(options: SlackSideOptions, settings: OAuthSettings): Promise<SlackSide> {
  const { workspaces, sql, logger } = options;
  const slack = await startInstalledSlack({ settings, workspaces, sql, logger });
  const state = (): string => {
    const installed = slack.workspaces.filter((workspace) => workspace.allowed() !== undefined).length;
    return `installed in ${installed} of ${slack.workspaces.length}`;
  };
  return {
    requestListener: slack.requestListener,
    sender: allSenders(slack.workspaces.map(({ sender }) => sender)),
    installer: slack.installer,
    isConnected: slack.isConnected,
    state,
    stop: slack.stop,
  };
}
