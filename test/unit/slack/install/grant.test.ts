import { describe, expect, it } from 'vitest';
import { readGrant, readPair, refreshInS } from '../../../../src/slack/install/grant.ts';

const ANSWER = {
  ok: true,
  access_token: 'xoxb-1',
  token_type: 'bot',
  scope: 'chat:write,commands',
  bot_user_id: 'U1',
  app_id: 'A1',
  team: { id: 'T1', name: 'Agency' },
  enterprise: null,
  authed_user: { id: 'U2' },
  is_enterprise_install: false,
};

describe('readGrant', () => {
  it('reads a token that stays', () => {
    expect(readGrant(ANSWER)).toEqual({
      teamId: 'T1',
      teamName: 'Agency',
      enterpriseId: undefined,
      appId: 'A1',
      botUserId: 'U1',
      scopes: ['chat:write', 'commands'],
      installedBy: 'U2',
      token: 'xoxb-1',
      rotation: undefined,
    });
  });

  it('reads a token that expires, and the organisation that the team is in', () => {
    const answer = { ...ANSWER, refresh_token: 'xoxe-1', expires_in: 43_200, enterprise: { id: 'E1' } };
    expect(readGrant(answer)).toMatchObject({
      enterpriseId: 'E1',
      rotation: { refreshToken: 'xoxe-1', expiresInS: 43_200 },
    });
  });

  it('refuses an installation in a whole organisation', () => {
    expect(readGrant({ ...ANSWER, team: null, is_enterprise_install: true })).toBe('organisation');
  });

  it.each([
    ['no team', { ...ANSWER, team: null }],
    ['no token', { ...ANSWER, access_token: '' }],
    ["a person's token", { ...ANSWER, token_type: 'user' }],
    ['a token that expires and cannot be exchanged', { ...ANSWER, expires_in: 43_200 }],
    ['nothing at all', undefined],
  ])('calls an answer with %s incomplete', (_, answer) => {
    expect(readGrant(answer)).toBe('incomplete');
  });
});

describe('readPair', () => {
  it('reads both tokens', () => {
    expect(readPair({ access_token: 'a', refresh_token: 'r', expires_in: 60 })).toEqual({
      token: 'a',
      rotation: { refreshToken: 'r', expiresInS: 60 },
    });
  });

  it('takes no half pair', () => {
    expect(readPair({ access_token: 'a', expires_in: 60 })).toBeUndefined();
  });
});

it('exchanges a token of twelve hours two hours before its end', () => {
  expect(refreshInS({ refreshToken: 'r', expiresInS: 12 * 3_600 })).toBe(10 * 3_600);
});
