import { describe, expect, it } from 'vitest';
import { secretsOf } from '../../../src/config/secrets.ts';
import { feedFrom } from '../../support/feeds.ts';

const feed = (rest: string): string => `
feed: charges
source: test
format: jsonl
zone: UTC
key: [id]
date: on
fields:
  id: { type: reference, from: id }
  on: { type: date, from: on, format: YYYY-MM-DD }
${rest}`;

const http = (rest: string): string =>
  feed(
    `pull:\n  http:\n    url: "https://api.example/x"\n    records: data\n${rest.replaceAll(/^/gm, '    ')}`,
  );

describe('a feed file that asks its source', () => {
  it.each([
    ['query: { from: "{sinse}" }', '{sinse} is not known'],
    ['query: { from: "{since}" }', 'need since:'],
    ['body: { a: 1 }', 'needs method: POST'],
    ['pages: { cursor: { from: next, to: query.after }, next: next }', 'holds several ways'],
    ['pages: { page: { size: 10 } }', 'needs either to:'],
    ['pages: { cursor: { from: next, to: after } }', 'must be query.<name> or body.<path>'],
    ['auth: { bearer: "${T}", header: { name: X, value: "${T}" } }', 'holds several ways'],
    [
      'auth: { oauth: { grant: refresh_token, url: "https://x", client_id: a, client_secret: b } }',
      'needs refresh_token',
    ],
    ['since: { field: changed, start: yesterday }', 'must be a day such as 2026-01-01'],
    ['rate: fast', 'must be requests per second or minute'],
    ['by_month: true', 'needs since'],
    ['urll: x', 'did you mean "url"?'],
  ])('is refused with %s', (rest, words) => {
    expect(() => feedFrom(http(rest))).toThrow(words);
  });

  it('is refused without a way, with two, and with a watermark that the query does not ask for', () => {
    expect(() => feedFrom(feed('pull: { every: 1h }'))).toThrow('needs either http or postgres');
    expect(() =>
      feedFrom(
        feed('pull: { postgres: { url: "${U}", query: select 1, since: { column: a, start: "0" } } }'),
      ),
    ).toThrow('need each other');
  });
});

describe('a feed file that is pushed to', () => {
  it.each([
    ['{ signature: standard, secret: sesame }', 'a secret does not belong in a file'],
    ['{ signature: pgp, secret: "${S}" }', 'must be standard, stripe, hubspot, shopify'],
    ['{ signature: standard, secret: "${S}", gives: news }', 'the feed needs pull:'],
    ['{ signature: standard, secret: "${S}", types: [a] }', 'needs type:'],
    ['{ signature: stripe, secret: "${S}", at: created, gives: news }', 'news carry no record'],
  ])('is refused with %s', (webhook, words) => {
    expect(() => feedFrom(feed(`webhook: ${webhook}`))).toThrow(words);
  });

  it.each([
    ['signature: stripe, record: data.object', ['created']],
    ['signature: stripe, record: data.object, at: data.object.updated', ['data', 'object', 'updated']],
    ['signature: standard, record: data', ['timestamp']],
    ['signature: standard', undefined],
    ['signature: hubspot', ['occurredAt']],
    ['signature: shopify', ['updated_at']],
    ['signature: { header: X-Signature }', undefined],
  ])('knows when an event happened, with %s', (webhook, at) => {
    expect(feedFrom(feed(`webhook: { ${webhook}, secret: "${'${S}'}" }`)).webhook?.at).toEqual(at);
  });

  it('has its events ordered by a revision or by their times, not by both', () => {
    const revised = feed(
      'revision: id\nwebhook: { signature: standard, secret: "${S}", record: data',
    ).replace('{ type: reference, from: id }', '{ type: integer, from: id }');
    expect(feedFrom(`${revised} }`).webhook?.at).toBeUndefined();
    expect(() => feedFrom(`${revised}, at: timestamp }`)).toThrow('revision: orders the versions');
  });
});

describe('what the environment keeps secret', () => {
  const contract = feedFrom(http('auth: { bearer: "${TOKEN}" }\nheaders: { X-Tenant: "${TENANT:-main}" }'));

  it('is filled in, and taken out of what is told', () => {
    const { fill, hide } = secretsOf(contract, { TOKEN: 'sesame-open' });
    expect([fill('Bearer ${TOKEN}'), fill('${TENANT:-main}')]).toEqual(['Bearer sesame-open', 'main']);
    expect(hide('answers 400: bad token sesame-open')).toBe('answers 400: bad token [secret]');
  });

  it('is named in one line when it is missing, for the part that is used', () => {
    expect(() => secretsOf(contract, {})).toThrow('TOKEN is not set; feed "charges" needs it');
    expect(() => secretsOf(contract, {}, 'webhook')).not.toThrow();
  });
});
