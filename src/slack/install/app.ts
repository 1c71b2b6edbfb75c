import type { RequestListener } from 'node:http';
import type { Sql } from '../../db/client.ts';
import type { SealKeys } from '../../db/seal.ts';
import type { Logger } from '../../observe/logger.ts';
import { apiRoot, INTERACTIVE_MS } from '../limits.ts';
import { REDIRECT_PATH } from '../manifest.ts';
import { type CallSlack, webApiCaller } from '../sender/web-api.ts';
import { startTransport } from '../transport/transport.ts';
import { type SlackWorkspace, slackWorkspace, type WorkspaceOptions } from '../workspace.ts';
import type { Access } from './access.ts';
import { type Installer, makeInstaller } from './installer.ts';
import { type Keeper, startKeeper } from './keeper.ts';
import { listenForUninstall } from './listen.ts';

export type OAuthSettings = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  readonly keys: SealKeys;
  readonly signingSecret: string | undefined;
  readonly appToken: string | undefined;
  /** Another Web API root than Slack's. */
  readonly apiUrl: string | undefined;
  /** Where people and Slack reach this service; the address in the app's settings is used when undefined. */
  readonly publicUrl: string | undefined;
};

export type InstalledOptions = {
  readonly settings: OAuthSettings;
  readonly workspaces: readonly ({ readonly workspaceId: string } & Pick<
    WorkspaceOptions,
    'organisation' | 'rules' | 'prove'
  >)[];
  readonly sql: Sql;
  readonly logger: Logger;
};

export type InstalledSlack = {
  readonly requestListener: RequestListener | undefined;
  /** False while no Socket Mode connection stands. */
  readonly isConnected: () => boolean;
  readonly workspaces: readonly SlackWorkspace[];
  readonly installer: Installer;
  readonly stop: () => Promise<void>;
};

/** Slack is asked for tokens by nobody who waits for three seconds. */
const TOKEN_MS = 10_000;

/**
 * Connects every workspace whose app is installed, and lets the others be installed: they go live without a restart, are
 * parked when the app is uninstalled, and their tokens are exchanged before they expire.
 *
 * Throws: Fault when the database does not answer, or Socket Mode cannot be opened.
 */
export async function startInstalledSlack(options: InstalledOptions): Promise<InstalledSlack> {
  const { settings, sql, logger } = options;
  const apiUrl = apiRoot(settings.apiUrl);
  const tokens = new Map<string, string>();
  const workspaces = options.workspaces.map(({ workspaceId, organisation, rules, prove }) =>
    slackWorkspace({
      organisation,
      ...(rules && { rules }),
      prove,
      sql,
      workspaceId,
      apiUrl,
      token: () => tokens.get(workspaceId),
      logger: logger.child({ workspaceId }),
      alsoListen: (app, { teamId }) =>
        listenForUninstall(app, {
          sql,
          workspaceId,
          teamId,
          keys: settings.keys,
          callWith: callerFor(apiUrl, TOKEN_MS),
          onUninstalled: () => keeper.look(workspaceId),
          logger,
        }),
    }),
  );
  const byId = new Map(workspaces.map((workspace) => [workspace.workspaceId, workspace]));
  const onAccess = async (workspaceId: string, access: Access | undefined): Promise<void> => {
    if (access) tokens.set(workspaceId, access.token);
    else tokens.delete(workspaceId);
    await (access ? byId.get(workspaceId)?.goLive(access) : byId.get(workspaceId)?.park());
  };
  const park = async (): Promise<void> => {
    await Promise.all(workspaces.map((workspace) => workspace.park()));
  };
  const keeper: Keeper = await startKeeper({
    sql,
    workspaceIds: [...byId.keys()],
    keys: settings.keys,
    exchange: exchangeWith(settings, apiUrl),
    onAccess,
    logger,
  });
  const { signingSecret, appToken } = settings;
  try {
    const transport = await startTransport({ signingSecret, appToken, apiUrl, workspaces, logger });
    const stop = async (): Promise<void> => {
      await transport.stop();
      await keeper.stop();
      await park();
    };
    const installer = installerFor(options, apiUrl, keeper.look);
    const { requestListener, isConnected } = transport;
    return { requestListener, isConnected, workspaces, installer, stop };
  } catch (error) {
    await keeper.stop();
    await park();
    throw error;
  }
}

const callerFor =
  (apiUrl: string | undefined, timeoutMs: number) =>
  (token: string | undefined): CallSlack =>
    webApiCaller({ token, apiUrl, timeoutMs });

const exchangeWith =
  ({ clientId, clientSecret }: OAuthSettings, apiUrl: string | undefined) =>
  (refreshToken: string) =>
    callerFor(apiUrl, TOKEN_MS)(undefined)('oauth.v2.access', {
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });

function installerFor(
  { settings, workspaces, sql, logger }: InstalledOptions,
  apiUrl: string | undefined,
  onInstalled: (workspaceId: string) => Promise<void>,
): Installer {
  const { publicUrl } = settings;
  return makeInstaller({
    ...settings,
    sql,
    workspaces,
    authorizeUrl: new URL('/oauth/v2/authorize', apiUrl ?? 'https://slack.com').href,
    redirectUrl: publicUrl === undefined ? undefined : new URL(REDIRECT_PATH, publicUrl).href,
    callWith: callerFor(apiUrl, INTERACTIVE_MS * 4),
    onInstalled,
    logger,
  });
}
