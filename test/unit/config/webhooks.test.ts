import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/config-error.ts';
import { assertSigningKeys, signingKeys } from '../../../src/config/webhooks.ts';
import type { WebhookEndpoint } from '../../../src/core/webhook-endpoint.ts';

const ENDPOINT: WebhookEndpoint = {
  key: 'payments',
  url: 'https://pay.example/',
  kinds: ['hold.placed'],
  secrets: ['NEW_SECRET', 'OLD_SECRET'],
  networks: [],
  timeoutMs: 1_000,
};
const secretOf = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

describe('the secrets of an endpoint', () => {
  it('are keys in the order in which the configuration names them', () => {
    const keys = signingKeys(ENDPOINT, { NEW_SECRET: secretOf(24), OLD_SECRET: secretOf(64) });

    expect(keys.map((key) => key.length)).toEqual([24, 64]);
  });

  it.each([
    [undefined, 'NEW_SECRET is not set'],
    ['', 'NEW_SECRET is not set'],
    ['hunter2-hunter2-hunter2', 'NEW_SECRET is not a secret of Standard Webhooks'],
    ['whsec_%%%', 'NEW_SECRET is not a secret of Standard Webhooks'],
    [secretOf(23), 'NEW_SECRET holds 23 bytes'],
    [secretOf(65), 'NEW_SECRET holds 65 bytes'],
  ])('that are %s are told by their name alone', (value, words) => {
    const check = (): void => assertSigningKeys([ENDPOINT], { NEW_SECRET: value, OLD_SECRET: secretOf(32) });

    expect(check).toThrow(ConfigError);
    expect(check).toThrow(words);
    expect(check).not.toThrow(/hunter2|BwcHBwc/);
  });
});
