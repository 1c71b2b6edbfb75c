import { z } from 'zod';

const text = z.string().min(1);

/** What `oauth.v2.access` answers to a code, as far as we use it. */
const grantShape = z.object({
  access_token: text,
  token_type: z.literal('bot'),
  bot_user_id: text,
  app_id: text,
  scope: z.string().default(''),
  team: z.object({ id: text, name: z.string().nullish() }).nullish(),
  enterprise: z.object({ id: text }).nullish(),
  is_enterprise_install: z.boolean().nullish(),
  authed_user: z.object({ id: z.string().nullish() }).nullish(),
  refresh_token: text.nullish(),
  expires_in: z.number().positive().nullish(),
});

/** A Slack team's consent, with the tokens it came with. */
export type Grant = {
  readonly teamId: string;
  readonly teamName: string;
  readonly enterpriseId: string | undefined;
  readonly appId: string;
  readonly botUserId: string;
  readonly scopes: readonly string[];
  readonly installedBy: string | undefined;
  readonly token: string;
  readonly rotation: Rotation | undefined;
};

/** A token that expires, and what it can be exchanged with, once. */
export type Rotation = { readonly refreshToken: string; readonly expiresInS: number };

/** Reads a grant; says which kind of answer it is not: incomplete, or of a whole organisation instead of one team. */
export function readGrant(body: unknown): Grant | 'incomplete' | 'organisation' {
  const parsed = grantShape.safeParse(body);
  if (!parsed.success) return 'incomplete';
  const { team, enterprise, refresh_token: refreshToken, expires_in: expiresInS, ...rest } = parsed.data;
  if (rest.is_enterprise_install) return 'organisation';
  if (!team || (refreshToken == null) !== (expiresInS == null)) return 'incomplete';
  return {
    teamId: team.id,
    teamName: team.name ?? team.id,
    enterpriseId: enterprise?.id,
    appId: rest.app_id,
    botUserId: rest.bot_user_id,
    scopes: rest.scope.split(',').filter((scope) => scope !== ''),
    installedBy: rest.authed_user?.id ?? undefined,
    token: rest.access_token,
    rotation: refreshToken == null || expiresInS == null ? undefined : { refreshToken, expiresInS },
  };
}

const pairShape = z.object({ access_token: text, refresh_token: text, expires_in: z.number().positive() });

/** Reads what a refresh token was exchanged for; undefined when something is missing. */
export function readPair(body: unknown): { readonly token: string; readonly rotation: Rotation } | undefined {
  const parsed = pairShape.safeParse(body);
  if (!parsed.success) return undefined;
  const { access_token: token, refresh_token: refreshToken, expires_in: expiresInS } = parsed.data;
  return { token, rotation: { refreshToken, expiresInS } };
}

/** A token is exchanged when five sixths of its life are over: of twelve hours, two before the end. */
export const refreshInS = ({ expiresInS }: Rotation): number => (expiresInS * 5) / 6;
