import type { RequestListener } from 'node:http';
import { Fault } from '../../core/fault.ts';
import type { Logger } from '../../observe/logger.ts';
import { type AllowList, senderOf, type TurnedAway, teamOf } from '../guard/allow-list.ts';
import type { SlackWorkspace } from '../workspace.ts';
import { httpTransport } from './http.ts';
import { startSocketMode } from './socket-mode.ts';

export type TransportOptions = {
  /** For requests over HTTP. */
  readonly signingSecret: string | undefined;
  /** For Socket Mode, which is used whenever this is set. */
  readonly appToken?: string | undefined;
  /** Another Web API root, ending in a slash. */
  readonly apiUrl: string | undefined;
  /** Of each Slack team one at most. */
  readonly workspaces: readonly SlackWorkspace[];
  readonly logger: Logger;
};

export type Transport = {
  /** For POST /slack/events; undefined with Socket Mode, where Slack sends nothing there. */
  readonly requestListener: RequestListener | undefined;
  /** Over Socket Mode, whether a connection stands; true where Slack comes to us. */
  readonly isConnected: () => boolean;
  readonly stop: () => Promise<void>;
};

/**
 * Socket Mode when there is an app token, else signed requests; the same guard and listeners behind both. What comes is
 * brought to the workspace of the Slack team that it is of, and to no other.
 */
export async function startTransport(options: TransportOptions): Promise<Transport> {
  const { appToken, signingSecret, apiUrl, workspaces, logger } = options;
  const ofTeam = (teamId: string): SlackWorkspace | undefined =>
    workspaces.find((workspace) => workspace.allowed()?.teamId === teamId);
  const allowed: AllowList = (teamId) => ofTeam(teamId)?.allowed();
  const processEvent: SlackWorkspace['processEvent'] = async (event) => {
    const teamId = teamOf(event.body);
    // The guard has let it through, so there is one, unless it was parked this very moment.
    await (teamId === undefined ? undefined : ofTeam(teamId))?.processEvent(event);
  };
  // One workspace alone hears also of a team that is nobody's.
  const turnedAway: TurnedAway = (payload, problem) => {
    const teamId = teamOf(payload);
    const [only, ...others] = workspaces;
    const concerned =
      (teamId === undefined ? undefined : ofTeam(teamId)) ?? (others.length === 0 ? only : undefined);
    const sender = senderOf(payload);
    if (sender.slackUserId !== undefined) concerned?.noteDenied({ why: problem, ...sender });
  };
  if (appToken !== undefined) {
    if (signingSecret !== undefined) {
      logger.warn(
        'both SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are set: Socket Mode is used, /slack/events is off',
      );
    }
    const { isConnected, stop } = await startSocketMode({
      appToken,
      apiUrl,
      allowed,
      next: processEvent,
      turnedAway,
      logger,
    });
    return { requestListener: undefined, isConnected, stop };
  }
  if (signingSecret === undefined) {
    throw new Fault('slack_refused', 'Set SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode).');
  }
  return {
    requestListener: httpTransport({ signingSecret, allowed, processEvent, turnedAway, logger }),
    isConnected: () => true,
    stop: async () => undefined,
  };
}
