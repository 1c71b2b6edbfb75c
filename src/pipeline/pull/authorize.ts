import { Fault } from '../../core/fault.ts';
import type { Authorization, OAuth } from '../../core/pull.ts';
import type { Secrets } from '../../core/secrets.ts';
import type { Reach, Resolve } from '../../net/reach.ts';
import { type Answer, type Outgoing, send } from '../../net/send.ts';

/** Says who asks. Tokens live here and in the request, nowhere else. */
export type Authorizer = {
  readonly sign: (outgoing: Outgoing) => Promise<Outgoing>;
  /** Gets a new access token; false when there is no way to. */
  readonly renew: () => Promise<boolean>;
};

/** Where the newest refresh token is kept when the source gives a new one at each exchange. */
export type TokenKeeper = {
  /** Calls `exchange` with the newest kept refresh token, alone of all processes, and keeps what it returns. */
  readonly exchange: (
    exchange: (
      kept: string | undefined,
    ) => Promise<{ accessToken: string; refreshToken: string | undefined }>,
  ) => Promise<string>;
};

type Around = {
  readonly secrets: Secrets;
  readonly reach: Reach;
  readonly keeper: TokenKeeper;
  readonly resolve?: Resolve | undefined;
};

export function authorizerOf(auth: Authorization, around: Around): Authorizer {
  const { fill } = around.secrets;
  if (auth.kind === 'oauth') return oauthAuthorizer(auth, around);
  const never = async (): Promise<boolean> => false;
  const withHeader = (name: string, value: string): Authorizer => ({
    sign: async (outgoing) => ({ ...outgoing, headers: { ...outgoing.headers, [name]: value } }),
    renew: never,
  });
  if (auth.kind === 'bearer') return withHeader('authorization', `Bearer ${fill(auth.token)}`);
  if (auth.kind === 'basic') return withHeader('authorization', basic(fill(auth.user), fill(auth.password)));
  if (auth.kind === 'header') return withHeader(auth.name, fill(auth.value));
  if (auth.kind === 'none') return { sign: async (outgoing) => outgoing, renew: never };
  return {
    sign: async (outgoing) => {
      const url = new URL(outgoing.url);
      url.searchParams.set(auth.name, fill(auth.value));
      return { ...outgoing, url: url.href };
    },
    renew: never,
  };
}

function oauthAuthorizer(auth: OAuth, around: Around): Authorizer {
  let accessToken: string | undefined;
  const renew = async (): Promise<boolean> => {
    accessToken = await around.keeper.exchange((kept) => exchange(auth, kept, around));
    return true;
  };
  return {
    renew,
    sign: async (outgoing) => {
      if (accessToken === undefined) await renew();
      return { ...outgoing, headers: { ...outgoing.headers, authorization: `Bearer ${accessToken}` } };
    },
  };
}

async function exchange(
  auth: OAuth,
  kept: string | undefined,
  { secrets, reach, resolve }: Around,
): Promise<{ accessToken: string; refreshToken: string | undefined }> {
  const [id, secret] = [secrets.fill(auth.clientId), secrets.fill(auth.clientSecret)];
  const form = new URLSearchParams({ grant_type: auth.grant });
  if (auth.scope !== undefined) form.set('scope', auth.scope);
  if (auth.grant === 'refresh_token')
    form.set('refresh_token', kept ?? secrets.fill(auth.refreshToken ?? ''));
  if (auth.clientIn === 'body') {
    form.set('client_id', id);
    form.set('client_secret', secret);
  }
  const answer = await send(
    {
      url: secrets.fill(auth.url),
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        ...(auth.clientIn === 'header' ? { authorization: basic(id, secret) } : {}),
      },
      body: form.toString(),
    },
    { reach, maxBytes: 100_000, timeMs: 30_000, resolve },
  );
  return readTokens(answer, secrets);
}

function readTokens(
  answer: Answer,
  { hide }: Secrets,
): { accessToken: string; refreshToken: string | undefined } {
  const text = answer.body.toString('utf8');
  if (answer.status === 429 || answer.status >= 500) {
    throw new Fault('source_failed', `The token address answers ${answer.status}.`, { retryable: true });
  }
  const { access_token: access, refresh_token: refresh, error } = membersOf(text);
  if (answer.status >= 300 || typeof access !== 'string' || !/^[\x21-\x7e]+$/.test(access)) {
    const said = typeof error === 'string' ? ` (${hide(error).slice(0, 60)})` : '';
    throw new Fault(
      'source_unauthorized',
      `The token address answers ${answer.status} and gives no token${said}. Check client id, secret and refresh token.`,
    );
  }
  return { accessToken: access, refreshToken: typeof refresh === 'string' ? refresh : undefined };
}

function membersOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
