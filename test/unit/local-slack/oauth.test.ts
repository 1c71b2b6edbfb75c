import { beforeEach, describe, expect, it } from 'vitest';
import { Grants } from '../../../src/local-slack/oauth.ts';
import type { AppIdentity } from '../../../src/local-slack/types.ts';

const BACK = 'https://app.example/back';
const ASKED = { clientId: 'id', redirectUri: BACK, scopes: ['chat:write'] };
let now = 0;
let app: AppIdentity;

const grants = (tokenSeconds?: number): Grants => {
  app = {
    requestUrl: '',
    signingSecret: '',
    botToken: '',
    appId: 'A1',
    botUserId: 'U1',
    oauth: {
      clientId: 'id',
      clientSecret: 'secret',
      redirectUrls: [BACK],
      ...(tokenSeconds === undefined ? {} : { tokenSeconds }),
    },
  };
  return new Grants(app, { team: 'T1', clock: () => now });
};
const install = (made: Grants) => {
  const issued = made.exchange(made.allow(ASKED, 'U2'), BACK);
  if ('error' in issued) throw new Error(issued.error);
  return issued;
};
beforeEach(() => {
  now = 1_700_000_000_000;
});

describe('a code', () => {
  it('works once', () => {
    const made = grants();
    const code = made.allow(ASKED, 'U2');
    expect(made.exchange(code, BACK)).toMatchObject({ user: 'U2', scopes: ['chat:write'] });
    expect(made.exchange(code, BACK)).toEqual({ error: 'invalid_code' });
  });

  it('works for ten minutes', () => {
    const made = grants();
    const code = made.allow(ASKED, 'U2');
    now += 600_001;
    expect(made.exchange(code, BACK)).toEqual({ error: 'invalid_code' });
  });

  it('works with the address that was asked for', () => {
    const made = grants();
    expect(made.exchange(made.allow(ASKED, 'U2'), '')).toEqual({ error: 'bad_redirect_uri' });
  });

  it('is given for no other app and no other address', () => {
    expect(grants().redirectFor({ ...ASKED, clientId: 'other' })).toEqual({ error: 'invalid_client_id' });
    expect(grants().redirectFor({ ...ASKED, redirectUri: 'https://evil.example/' })).toEqual({
      error: 'bad_redirect_uri',
    });
  });
});

describe('a token', () => {
  it('stays the same at a second consent, without rotation', () => {
    const made = grants();
    expect(install(made).token).toBe(install(made).token);
  });

  it('expires with rotation, and its refresh token works once', () => {
    const made = grants(60);
    const { token, refreshToken = '' } = install(made);
    expect(made.objectionTo(token)).toBeUndefined();
    now += 60_001;
    expect(made.objectionTo(token)).toBe('token_expired');
    expect(made.refresh(refreshToken)).toMatchObject({ expiresIn: 60 });
    expect(made.refresh(refreshToken)).toEqual({ error: 'invalid_refresh_token' });
  });

  it('is not let in once the app is uninstalled, also when the app is back', () => {
    const made = grants(60);
    const { token, refreshToken = '' } = install(made);
    app.refused = 'account_inactive';
    expect(made.objectionTo(token)).toBe('account_inactive');
    expect(made.refresh(refreshToken)).toEqual({ error: 'invalid_refresh_token' });
    expect(made.objectionTo(install(made).token)).toBeUndefined();
    expect(made.objectionTo(token)).toBe('token_revoked');
  });
});
