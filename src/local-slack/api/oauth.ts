import type { Json } from '../blocks/checks.ts';
import type { Issued } from '../oauth.ts';
import type { Workspace } from '../workspace.ts';
import { type Answer, fail, type Method, text } from './method.ts';

function access(workspace: Workspace, args: Json): Answer {
  const { grants, app } = workspace;
  const { oauth } = grants;
  if (!oauth || text(args.client_id) !== oauth.clientId) return fail('invalid_client_id');
  if (text(args.client_secret) !== oauth.clientSecret) return fail('bad_client_secret');
  const grantType = text(args.grant_type) ?? 'authorization_code';
  if (grantType === 'refresh_token') {
    const refreshed = grants.refresh(text(args.refresh_token) ?? '');
    return 'error' in refreshed ? fail(refreshed.error) : issued(workspace, refreshed);
  }
  if (grantType !== 'authorization_code') return fail('invalid_grant_type');
  const exchanged = grants.exchange(text(args.code) ?? '', text(args.redirect_uri) ?? '');
  if ('error' in exchanged) return fail(exchanged.error);
  app.scopes = exchanged.scopes;
  return issued(workspace, exchanged);
}

const issued = (
  { app, team }: Workspace,
  { token, refreshToken, expiresIn, scopes, user }: Issued,
): Answer => ({
  ok: true,
  access_token: token,
  token_type: 'bot',
  scope: scopes.join(','),
  bot_user_id: app.botUserId,
  app_id: app.appId,
  team: { id: team.id, name: team.name },
  enterprise: null,
  authed_user: { id: user },
  is_enterprise_install: false,
  ...(refreshToken === undefined ? {} : { refresh_token: refreshToken, expires_in: expiresIn }),
});

function revoke(workspace: Workspace, _: Json, token: string): Answer {
  if (workspace.grants.oauth) workspace.grants.revoke(token);
  else workspace.app.refused = 'token_revoked';
  return { ok: true, revoked: true };
}

/** How an app gets its tokens, exchanges them and gives them back. */
export const oauthMethods = {
  'oauth.v2.access': { json: false, required: [], noToken: true, run: access },
  'auth.revoke': { json: false, required: [], run: revoke },
} satisfies Record<string, Method>;
