import { randomBytes } from 'node:crypto';
import type { AppIdentity } from './types.ts';

/** An app that is installed by OAuth, as its settings on Slack say. */
export type OAuthApp = {
  clientId: string;
  clientSecret: string;
  /** Where Slack may send a browser back to; the first one unless the app asks for another. */
  redirectUrls: string[];
  /** With token rotation: how long a token works. 43,200 on Slack. */
  tokenSeconds?: number;
};

type Granted = { scopes: string[]; user: string };
type Code = Granted & { redirectUri: string; until: number };
type Token = { until: number | undefined; isRevoked: boolean };

export type Issued = Granted & { token: string; refreshToken?: string; expiresIn?: number };
export type Asked = { clientId: string; redirectUri: string | undefined; scopes: string[] };

const CODE_MS = 600_000;

/** Who allowed the app, and the tokens that came of it. Idle for an app whose token is given. */
export class Grants {
  readonly #app: AppIdentity;
  readonly #team: string;
  readonly #clock: () => number;
  readonly #codes = new Map<string, Code>();
  readonly #tokens = new Map<string, Token>();
  readonly #refreshTokens = new Map<string, Granted>();

  constructor(app: AppIdentity, { team, clock }: { team: string; clock: () => number }) {
    this.#app = app;
    this.#team = team;
    this.#clock = clock;
  }

  get oauth(): OAuthApp | undefined {
    return this.#app.oauth;
  }

  get isInstalled(): boolean {
    return !this.#app.refused && [...this.#tokens.values()].some(({ isRevoked }) => !isRevoked);
  }

  /** Where to send the browser back to for this question, or Slack's word for what is wrong with it. */
  redirectFor({ clientId, redirectUri }: Asked): { url: string } | { error: string } {
    const { oauth } = this;
    if (!oauth || clientId !== oauth.clientId) return { error: 'invalid_client_id' };
    const url = redirectUri ?? oauth.redirectUrls[0];
    if (url === undefined || !oauth.redirectUrls.some((known) => url.startsWith(known))) {
      return { error: 'bad_redirect_uri' };
    }
    return { url };
  }

  /** Somebody presses Allow: a code that works once, for ten minutes. */
  allow(asked: Asked, user: string): string {
    const to = this.redirectFor(asked);
    if ('error' in to) throw new Error(to.error);
    const code = `${this.#team}.${secret()}`;
    this.#codes.set(code, {
      scopes: asked.scopes,
      user,
      redirectUri: asked.redirectUri ?? '',
      until: this.#clock() + CODE_MS,
    });
    return code;
  }

  exchange(code: string, redirectUri: string): Issued | { error: string } {
    const granted = this.#codes.get(code);
    this.#codes.delete(code);
    if (!granted || granted.until < this.#clock()) return { error: 'invalid_code' };
    if (granted.redirectUri !== redirectUri) return { error: 'bad_redirect_uri' };
    if (this.#app.refused) this.#forgetAll();
    delete this.#app.refused;
    return this.#issue(granted);
  }

  refresh(refreshToken: string): Issued | { error: string } {
    const granted = this.#refreshTokens.get(refreshToken);
    if (!granted || this.#app.refused) return { error: 'invalid_refresh_token' };
    this.#refreshTokens.delete(refreshToken);
    return this.#issue(granted);
  }

  /** Why a bot token is not let in; undefined when it is. */
  objectionTo(token: string): string | undefined {
    const known = this.#tokens.get(token);
    if (!known) return 'invalid_auth';
    if (this.#app.refused) return this.#app.refused;
    if (known.isRevoked) return 'token_revoked';
    return known.until !== undefined && known.until < this.#clock() ? 'token_expired' : undefined;
  }

  revoke(token: string): void {
    const known = this.#tokens.get(token);
    if (known) known.isRevoked = true;
  }

  #issue(granted: Granted): Issued {
    const seconds = this.oauth?.tokenSeconds;
    if (seconds === undefined) {
      // Without rotation a second consent gives the token that the app has already.
      const same = [...this.#tokens].find(([, { isRevoked }]) => !isRevoked)?.[0];
      const token = same ?? `xoxb-${this.#team}-${secret()}`;
      this.#tokens.set(token, { until: undefined, isRevoked: false });
      return { ...granted, token };
    }
    const token = `xoxe.xoxb-1-${this.#team}-${secret()}`;
    const refreshToken = `xoxe-1-${this.#team}-${secret()}`;
    this.#tokens.set(token, { until: this.#clock() + seconds * 1000, isRevoked: false });
    this.#refreshTokens.set(refreshToken, granted);
    return { ...granted, token, refreshToken, expiresIn: seconds };
  }

  #forgetAll(): void {
    for (const token of this.#tokens.values()) token.isRevoked = true;
    this.#refreshTokens.clear();
  }
}

const secret = (): string => randomBytes(15).toString('hex');
