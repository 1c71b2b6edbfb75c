import { expect, test } from 'vitest';
import { fromAnswer, fromError } from '../../../src/slack/sender/outcome.ts';

const platform = (error: unknown) =>
  Object.assign(new Error('x'), { code: 'slack_webapi_platform_error', data: { error } });
const limited = (retryAfter: number) =>
  Object.assign(new Error('x'), { code: 'slack_webapi_rate_limited_error', retryAfter });
const request = (original: Error) =>
  Object.assign(new Error('x'), { code: 'slack_webapi_request_error', original });

test.each([
  ['internal_error', 'unknown'],
  ['fatal_error', 'unknown'],
  ['request_timeout', 'unknown'],
  ['service_unavailable', 'unknown'],
  ['<html>maintenance</html>', 'unknown'],
  ['message_not_found', 'gone'],
  ['invalid_blocks', 'unshowable'],
  ['msg_too_long', 'unshowable'],
  ['invalid_auth', 'shut_out'],
  ['token_revoked', 'shut_out'],
  ['missing_scope', 'shut_out'],
  ['channel_not_found', 'undeliverable'],
  ['is_archived', 'undeliverable'],
  ['is_inactive', 'undeliverable'],
  ['ratelimited', 'rate_limited'],
  ['a_code_of_next_year', 'failed'],
  ['toString', 'unknown'],
  ['constructor', 'failed'],
])('an answer with the error %s is %s', (error, kind) => {
  expect(fromError(platform(error))).toMatchObject({ kind });
});

test.each([
  [30, 30_000],
  [0, 1_000],
  [-5, 1_000],
  [Number.NaN, 30_000],
  [1e9, 3_600_000],
])('a Retry-After of %d seconds is a wait of %d ms', (seconds, waitMs) => {
  expect(fromError(limited(seconds))).toEqual({ kind: 'rate_limited', waitMs });
});

test('a 429 whose Retry-After is no number waits half a minute', () => {
  expect(fromError(new Error('Retry header did not contain a valid timeout (url: x)'))).toEqual({
    kind: 'rate_limited',
    waitMs: 30_000,
  });
});

test('a connection that was never made is a failure; one that broke is unknown', () => {
  const refused = new TypeError('fetch failed', {
    cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
  });
  const reset = new TypeError('fetch failed', {
    cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }),
  });
  expect(fromError(request(refused))).toMatchObject({ kind: 'failed' });
  expect(fromError(request(reset))).toMatchObject({ kind: 'unknown' });
  expect(fromError('no error at all')).toMatchObject({ kind: 'unknown' });
});

test('a post that says ok without a ts proves nothing', () => {
  expect(fromAnswer({ ok: true, channel: 'C1' }, ['channel', 'ts'])).toMatchObject({ kind: 'unknown' });
  expect(fromAnswer({ ok: true, channel: 'C1', ts: '1.2' }, ['channel', 'ts'])).toMatchObject({
    kind: 'done',
  });
});
