import type { Organisation } from '../../core/organisation.ts';
import type { Sql } from '../../db/client.ts';
import { type SealKeys, seal } from '../../db/seal.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import type { Logger } from '../../observe/logger.ts';
import { takeRequest } from '../../pipeline/act/take-request.sql.ts';
import { appendAudit } from '../../pipeline/audit/append.sql.ts';
import { BOT_SCOPES } from '../manifest.ts';
import type { CallSlack } from '../sender/web-api.ts';
import { bindTeam } from './bind-team.sql.ts';
import { type Grant, readGrant, refreshInS } from './grant.ts';
import { notifyInstallation } from './notify-installation.sql.ts';
import type { InstallOutcome, InstallRefusal } from './outcome.ts';
import { restNoLonger } from './rest-no-longer.sql.ts';
import { type Begun, beginState, judgeState } from './state.ts';
import { storeInstallation } from './store-installation.sql.ts';

export type InstallableWorkspace = { readonly workspaceId: string; readonly organisation: Organisation };

export type InstallerOptions = {
  readonly sql: Sql;
  readonly workspaces: readonly InstallableWorkspace[];
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  readonly keys: SealKeys;
  /** Slack's page on which somebody allows the app. */
  readonly authorizeUrl: string;
  /** Where Slack sends the browser back to; the address noted in the app's settings when undefined. */
  readonly redirectUrl: string | undefined;
  /** Calls with this token, or with none. */
  readonly callWith: (token: string | undefined) => CallSlack;
  /** Makes an installed workspace live in this instance; the others are told by the database. */
  readonly onInstalled: (workspaceId: string) => Promise<void>;
  readonly logger: Logger;
  readonly now?: () => number;
};

/** What came back from Slack's page, and the cookie of the browser that brought it. */
export type Callback = {
  readonly code: string | undefined;
  readonly state: string | undefined;
  readonly error: string | undefined;
  readonly cookie: string | undefined;
};

export type Installer = {
  /** Where to send the browser, and the cookie to give it. */
  readonly begin: () => Omit<Begun, 'state'> & { readonly location: string };
  /** Exchanges the code, keeps the tokens sealed, and goes live; or stores nothing, and says why. */
  readonly finish: (callback: Callback) => Promise<InstallOutcome>;
};

/** Installs the app into the Slack teams that the configuration names. */
export function makeInstaller(options: InstallerOptions): Installer {
  const now = options.now ?? Date.now;
  return {
    begin: () => {
      const { state, cookie } = beginState(options.stateSecret, now());
      return { cookie, location: authorizeLocation(options, state) };
    },
    finish: async (callback) => {
      const outcome = await finish(options, callback, now());
      if (outcome.kind !== 'installed') options.logger.warn({ outcome }, 'an installation was refused');
      return outcome;
    },
  };
}

function authorizeLocation({ authorizeUrl, clientId, redirectUrl }: InstallerOptions, state: string): string {
  const location = new URL(authorizeUrl);
  location.searchParams.set('client_id', clientId);
  location.searchParams.set('scope', BOT_SCOPES.join(','));
  location.searchParams.set('state', state);
  if (redirectUrl !== undefined) location.searchParams.set('redirect_uri', redirectUrl);
  return location.href;
}

async function finish(options: InstallerOptions, callback: Callback, nowMs: number): Promise<InstallOutcome> {
  const verdict = judgeState(options.stateSecret, callback, nowMs);
  if (!verdict.ok) return { kind: verdict.problem };
  if (callback.error === 'access_denied') return { kind: 'denied' };
  if (callback.error !== undefined) return { kind: 'slack_says_no', error: callback.error.slice(0, 80) };
  if (!callback.code) return { kind: 'code_missing' };
  const grant = await exchangeCode(options, callback.code);
  if ('kind' in grant) return grant;
  const workspace = workspaceFor(options, grant);
  if ('kind' in workspace) return await giveBack(options, grant, workspace);
  const bot = await askBotId(options, grant);
  if (typeof bot !== 'string') return bot;
  const outcome = await keep(options, { grant, workspace, botId: bot, nonce: verdict.nonce });
  if (outcome.kind === 'other_team') return await giveBack(options, grant, outcome);
  if (outcome.kind === 'installed') await options.onInstalled(workspace.workspaceId);
  return outcome;
}

async function exchangeCode(options: InstallerOptions, code: string): Promise<Grant | InstallRefusal> {
  const { clientId, clientSecret, redirectUrl } = options;
  const outcome = await options.callWith(undefined)('oauth.v2.access', {
    client_id: clientId,
    client_secret: clientSecret,
    code,
    ...(redirectUrl === undefined ? {} : { redirect_uri: redirectUrl }),
  });
  if (outcome.kind !== 'done') {
    const error = outcome.kind === 'rate_limited' ? 'ratelimited' : outcome.error;
    const isWord = /^[a-z_]{1,80}$/.test(error) && outcome.kind !== 'unknown';
    return { kind: isWord ? 'slack_says_no' : 'slack_unavailable', error };
  }
  const grant = readGrant(outcome.body);
  if (grant === 'organisation') return { kind: 'organisation_wide' };
  return grant === 'incomplete' ? { kind: 'answer_incomplete' } : grant;
}

/** The workspace whose configuration names the team; or the only one, when it names none. */
function workspaceFor(
  { workspaces }: InstallerOptions,
  { teamId, teamName, appId }: Grant,
): InstallableWorkspace | InstallRefusal {
  const named = workspaces.find(({ organisation }) => organisation.slackTeamId === teamId);
  const only = workspaces.length === 1 ? workspaces[0] : undefined;
  const found = named ?? (only?.organisation.slackTeamId === undefined ? only : undefined);
  if (!found) return { kind: 'unknown_team', teamId, teamName };
  const { slackAppId } = found.organisation;
  return slackAppId !== undefined && slackAppId !== appId ? { kind: 'other_app', appId } : found;
}

/** A team we do not serve gets its consent back: nobody holds a token that nobody uses. */
async function giveBack(
  { callWith, logger }: InstallerOptions,
  grant: Grant,
  refusal: InstallRefusal,
): Promise<InstallRefusal> {
  const revoked = await callWith(grant.token)('auth.revoke', {});
  logger.warn(
    { teamId: grant.teamId, revoked: revoked.kind },
    'a token of a team that is not served was given back',
  );
  return refusal;
}

/** The bot's own id is not in the grant. */
async function askBotId({ callWith }: InstallerOptions, grant: Grant): Promise<string | InstallRefusal> {
  const outcome = await callWith(grant.token)('auth.test', {}, ['team_id', 'bot_id']);
  if (outcome.kind !== 'done') {
    return {
      kind: 'slack_unavailable',
      error: outcome.kind === 'rate_limited' ? 'ratelimited' : outcome.error,
    };
  }
  return outcome.body.team_id === grant.teamId ? String(outcome.body.bot_id) : { kind: 'answer_incomplete' };
}

type Kept = {
  readonly grant: Grant;
  readonly workspace: InstallableWorkspace;
  readonly botId: string;
  readonly nonce: string;
};

async function keep({ sql, keys }: InstallerOptions, kept: Kept): Promise<InstallOutcome> {
  const { grant, workspace, nonce } = kept;
  const { workspaceId } = workspace;
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const binding = await bindTeam(tx, workspaceId, grant.teamId);
    const { teamId } = grant;
    const workspaceName = workspace.organisation.name;
    if (binding.kind === 'team_taken') return { kind: 'team_taken', teamId, workspaceName: binding.name };
    if (binding.kind === 'other_team')
      return { kind: 'other_team', teamId, boundTo: binding.teamId, workspaceName };
    if (!(await takeRequest(tx, { workspaceId, requestKey: `install:${nonce}` })))
      return { kind: 'replayed' };
    await store(tx, kept, keys);
    return { kind: 'installed', teamName: grant.teamName, workspaceName };
  });
}

async function store(tx: Tx, { grant, workspace, botId }: Kept, keys: SealKeys): Promise<void> {
  const { workspaceId } = workspace;
  const { teamId, enterpriseId, appId, botUserId, scopes, installedBy, rotation } = grant;
  await storeInstallation(tx, {
    workspaceId,
    teamId,
    enterpriseId,
    appId,
    botId,
    botUserId,
    scopes,
    installedBy,
    botTokenSealed: seal(grant.token, { workspaceId, kind: 'bot_token' }, keys),
    refreshTokenSealed: rotation && seal(rotation.refreshToken, { workspaceId, kind: 'refresh_token' }, keys),
    expiresInS: rotation?.expiresInS,
    refreshInS: rotation && refreshInS(rotation),
  });
  // What waited while the app was shut out is due now.
  await restNoLonger(tx, workspaceId);
  await appendAudit(tx, {
    workspaceId,
    facts: [
      {
        action: 'slack.installed',
        entity: 'workspace',
        entityId: workspaceId,
        actor: { kind: 'program', name: 'slack' },
        data: {
          slack_team_id: teamId,
          app_id: appId,
          scopes: [...scopes],
          rotated: rotation !== undefined,
          ...(installedBy === undefined ? {} : { installed_by: installedBy }),
        },
      },
    ],
  });
  await notifyInstallation(tx, workspaceId);
}
