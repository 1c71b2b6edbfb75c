import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { secretsOf } from '../../../src/config/secrets.ts';
import { EventStore } from '../../../src/pipeline/receive/event-store.ts';
import { pushTargets } from '../../../src/pipeline/receive/push-targets.ts';
import { receive } from '../../../src/pipeline/receive/receive.ts';
import { takeIn, takePushed } from '../../../src/pipeline/take-in.ts';
import { testDatabase } from '../../support/database.ts';
import { feedFrom, httpPullOf } from '../../support/feeds.ts';
import { type Provider, pullFrom, startProvider } from '../../support/provider.ts';
import { ENV, pulling } from './setup.ts';

const database = await testDatabase();
const providers: Provider[] = [];
afterEach(async () => {
  for (const provider of providers.splice(0)) await provider.stop();
});

const FEED = feedFrom(`
feed: deals
source: test
format: jsonl
zone: UTC
key: [id]
date: on
fields:
  id: { type: reference, from: id }
  on: { type: date, from: on, format: YYYY-MM-DD }
pull:
  every: 1h
  http: { url: "https://api.example/deals", auth: { bearer: "\${TOKEN}" }, records: data }
webhook:
  signature: hubspot
  secret: "\${CLIENT_SECRET}"
  events: ""
  id: eventId
  gives: news
`);

async function fed(options: { token?: string } = {}) {
  const declared = httpPullOf(FEED);
  const records = [1, 2].map((n) => ({ id: `d${n}`, on: '2026-11-01' }));
  const provider = await startProvider({
    records,
    pageSize: 10,
    pull: declared,
    token: options.token ?? ENV.TOKEN,
  });
  providers.push(provider);
  const at = await pulling(database, FEED);
  const contract = { ...FEED, pull: pullFrom(declared, provider.origin) };
  const sources = {
    secretsOf: () => secretsOf(contract, ENV),
    webhookSecretsOf: () => secretsOf(contract, ENV, 'webhook'),
    keys: undefined,
    world: at.world,
  };
  const input = { workspaceId: at.workspaceId, contract, sources };
  return { ...at, provider, contract, sources, input, take: () => takeIn(at.sql, input) };
}

describe('a run that takes in what a source has', () => {
  it('asks when it is due, and not before', async () => {
    const { take, provider, time } = await fed();
    expect(await take()).toMatchObject([{ rowsNew: 2 }]);
    time.now += 59 * 60_000;
    expect(await take()).toEqual([]);
    time.now += 60_000;
    expect(await take()).toMatchObject([{ status: 'already_delivered' }]);
    expect(provider.answered).toHaveLength(2);
  });

  it('stops when the source fails, and does not ask it again at once', async () => {
    const { take, pull, contract, provider, time } = await fed({ token: 'another' });
    await expect(take()).rejects.toMatchObject({ code: 'source_unauthorized' });
    const asked = provider.turnedAway.unauthorized;
    await expect(take()).rejects.toMatchObject({ code: 'source_resting' });
    expect(provider.turnedAway.unauthorized).toBe(asked);
    await expect(pull(contract.pull)).rejects.toMatchObject({ code: 'source_unauthorized' });
    time.now += 10 * 60_000;
    await expect(take()).rejects.toMatchObject({ code: 'source_unauthorized' });
  });
});

describe('news that are pushed', () => {
  it('make the feed ask its source, once for all of them', async () => {
    const { sql, workspaceId, contract, sources, input, take, provider, time } = await fed();
    await take();
    const targets = await pushTargets(sql, {
      workspaceId,
      contracts: [contract],
      secretsOf: sources.webhookSecretsOf,
    });
    const body = Buffer.from(
      JSON.stringify(
        [1, 2, 3].map((eventId) => ({ eventId, subscriptionType: 'deal.propertyChange', objectId: 7 })),
      ),
    );
    const url = 'https://tieout.example/webhooks/deals';
    const signature = createHmac('sha256', ENV.CLIENT_SECRET)
      .update(`POST${url}`)
      .update(body)
      .update(String(time.now))
      .digest('base64');
    const push = {
      method: 'POST',
      url,
      headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(time.now) },
      body,
    };
    const received = await receive({ sql, store: new EventStore(sql) }, targets, { push, now: time.now });
    expect(received).toMatchObject({ ok: true, value: { events: ['1', '2', '3'] } });

    provider.options.records.push({ id: 'd3', on: '2026-11-02' });
    expect(await takePushed(sql, input)).toMatchObject([{ rowsNew: 1 }]);
    expect(await takePushed(sql, input)).toEqual([]);
    expect(provider.answered).toHaveLength(2);
  });
});
