import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/config-error.ts';
import { readEnvironment, requireSlack } from '../../../src/config/env.ts';

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
