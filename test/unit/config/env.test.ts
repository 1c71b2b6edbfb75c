import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/config-error.ts';
import { readEnvironment, requireSlack, requireSlackAccess } from '../../../src/config/env.ts';

const refusal = (env: Record<string, string>): readonly string[] => {
  try {
    readEnvironment(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('the environment was accepted');
};

describe('the environment', () => {
  it('has defaults for whatever no command can do without', () => {
    expect(readEnvironment({})).toMatchObject({ configFolder: 'config', port: 3000, logLevel: 'info' });
  });

  it('counts an empty variable as not set', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: '' })).toMatchObject({
      port: 3000,
      databaseUrl: undefined,
    });
  });

  it.each([
    ['PORT', 'abc', /^PORT is "abc"; it must be a whole number from 0 to 65535/],
    ['PORT', '70000', /^PORT /],
    ['PORT', '0x50', /^PORT /],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL is "loud"; it must be one of/],
    ['DATABASE_URL', 'mysql://h/db', /^DATABASE_URL is not a database address; write it as postgres:/],
    ['SLACK_BOT_TOKEN', 'xoxp-1', /^SLACK_BOT_TOKEN must start with xoxb-/],
    ['SLACK_BOT_TOKEN', 'xoxb-1\n', /^SLACK_BOT_TOKEN holds white space/],
    ['SLACK_APP_TOKEN', 'xoxb-1', /^SLACK_APP_TOKEN must start with xapp-/],
    ['SLACK_SIGNING_SECRET', 'abc\n', /^SLACK_SIGNING_SECRET holds white space or a line end/],
    ['SLACK_API_URL', 'http://slack.example/api/', /^SLACK_API_URL must be an https address/],
    ['SLACK_API_URL', 'http://127.0.0.1.evil.example/', /^SLACK_API_URL must be an https address/],
    ['TIEOUT_ENCRYPTION_KEY', 'short', /^TIEOUT_ENCRYPTION_KEY must be 32 random bytes/],
    ['PGOPTIONS', '-c synchronous_commit=off', /^PGOPTIONS turns synchronous_commit off/],
    ['NODE_OPTIONS', '--inspect=0.0.0.0:9229', /^NODE_OPTIONS opens the debugger to the network/],
  ])('refuses %s=%j', (name, value, expected) => {
    expect(refusal({ [name]: value })).toEqual([expect.stringMatching(expected)]);
  });

  it.each([['https://slack.com/api/'], ['http://localhost:4000/api/'], ['http://127.0.0.1:4000/']])(
    'accepts SLACK_API_URL=%s',
    (url) => {
      expect(readEnvironment({ SLACK_API_URL: url }).slack.apiUrl).toBe(url);
    },
  );

  it('names every wrong variable and prints no secret', () => {
    const lines = refusal({
      SLACK_BOT_TOKEN: 'xoxp-very-secret',
      SLACK_SIGNING_SECRET: 'also secret',
      PORT: '-1',
    });
    expect(lines).toHaveLength(3);
    expect(lines.join('\n')).not.toMatch(/very-secret|also secret/);
  });
});

describe('requireSlack', () => {
  it('names what is missing and where to find it', () => {
    expect(() => requireSlack(readEnvironment({}))).toThrow(
      /SLACK_BOT_TOKEN is not set.*\nSLACK_SIGNING_SECRET is not set/,
    );
  });

  it('takes the app token of Socket Mode instead of the signing secret', () => {
    const environment = readEnvironment({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
    expect(requireSlack(environment)).toMatchObject({ botToken: 'xoxb-1', signingSecret: undefined });
  });
});

const HEX = 'ab'.repeat(32);
const BASE64 = Buffer.alloc(32, 7).toString('base64');

describe('TIEOUT_ENCRYPTION_KEY', () => {
  const keysOf = (value: string) => readEnvironment({ TIEOUT_ENCRYPTION_KEY: value }).encryptionKeys;

  it('is 32 bytes in hex or base64', () => {
    expect(keysOf(HEX)).toEqual([Buffer.alloc(32, 0xab)]);
    expect(keysOf(BASE64)).toEqual([Buffer.alloc(32, 7)]);
  });

  it('may hold the new key and the old one, in that order', () => {
    expect(keysOf(`${HEX}, ${BASE64}`)).toEqual([Buffer.alloc(32, 0xab), Buffer.alloc(32, 7)]);
  });

  it.each([
    'short',
    HEX.slice(1),
    `${HEX},`,
    `${BASE64}!`,
    `${'!'.repeat(11)}${BASE64}`,
    `${HEX},secretstuff`,
  ])('is refused by name and without its value when it is something else: %s', (value) => {
    expect(() => keysOf(value)).toThrow(/^TIEOUT_ENCRYPTION_KEY must be 32 random bytes/);
    expect(() => keysOf(value)).not.toThrow(value);
  });
});

describe('requireSlackAccess', () => {
  const OAUTH = {
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'cs',
    SLACK_STATE_SECRET: 'ss',
    SLACK_SIGNING_SECRET: 'sig',
    TIEOUT_ENCRYPTION_KEY: HEX,
  };
  const accessOf = (variables: Record<string, string>) => requireSlackAccess(readEnvironment(variables));

  it('is by OAuth when its variables are set', () => {
    expect(accessOf(OAUTH)).toMatchObject({ kind: 'oauth', slack: { clientId: '1.2', clientSecret: 'cs' } });
  });

  it('is by the bot token when there is one', () => {
    expect(accessOf({ ...OAUTH, SLACK_BOT_TOKEN: 'xoxb-1' })).toMatchObject({ kind: 'token' });
  });

  it.each(Object.keys(OAUTH).filter((name) => name !== 'SLACK_SIGNING_SECRET'))(
    'names %s when it alone is missing',
    (name) => {
      expect(() => accessOf({ ...OAUTH, [name]: '' })).toThrow(new RegExp(`^${name} is not set.*$`));
    },
  );

  it('takes an https address as the public one, and http on this machine alone', () => {
    expect(accessOf({ ...OAUTH, TIEOUT_PUBLIC_URL: 'http://localhost:3000' })).toMatchObject({
      slack: { publicUrl: 'http://localhost:3000' },
    });
    expect(() => accessOf({ ...OAUTH, TIEOUT_PUBLIC_URL: 'http://tieout.example' })).toThrow(
      /^TIEOUT_PUBLIC_URL must be an https address/,
    );
  });
});
