import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '../../../src/db/tx.ts';
import { ingestFile } from '../../../src/pipeline/ingest/ingest-file.ts';
import { replayQuarantine } from '../../../src/pipeline/ingest/replay.ts';
import { listQuarantine } from '../../../src/pipeline/report/quarantine.sql.ts';
import { testDatabase } from '../../support/database.ts';
import { feedFrom } from '../../support/feeds.ts';
import { ORDERS, order, receiving } from './setup.ts';

const database = await testDatabase();
type Receiver = Awaited<ReturnType<typeof receiving>>;
const receivers: Receiver[] = [];
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.stop();
});

const STRIPE = feedFrom(
  readFileSync('connectors/stripe/feeds/stripe_invoices.yaml', 'utf8').replaceAll(
    '${STRIPE_WEBHOOK_SECRET}',
    '${PLAIN_SECRET}',
  ),
);
const AT = 1_763_000_000;

const stripeEvent = (status: string, at: number, changes: object = {}) => ({
  id: `evt_${status}_${at}`,
  type: 'invoice.updated',
  created: AT + at,
  data: {
    object: {
      id: 'in_1',
      total: 1000,
      currency: 'usd',
      created: AT,
      status,
      customer: 'cus_1',
      customer_name: 'Kestrel',
      ...changes,
    },
  },
});

async function stripe() {
  const receiver = await receiving(database, [STRIPE]);
  receivers.push(receiver);
  const push = async (event: object) => {
    const body = JSON.stringify(event);
    const t = Math.floor(receiver.now / 1000);
    const v1 = createHmac('sha256', 'plain-secret').update(`${t}.${body}`).digest('hex');
    const headers = { 'stripe-signature': `t=${t},v1=${v1}`, 'content-type': 'application/json' };
    expect(await receiver.post(body, headers, 'stripe_invoices')).toMatchObject({ status: 200 });
  };
  const within = <T>(work: (tx: Parameters<Parameters<typeof inWorkspace>[2]>[0]) => Promise<T>) =>
    inWorkspace(receiver.sql, receiver.workspaceId, work);
  const status = () =>
    within(async (tx) => [
      ...(await tx<{ status: string }[]>`select fields::json ->> 'status' as status from record`),
    ]);
  const quarantine = (isAll = false) =>
    within((tx) => listQuarantine(tx, receiver.workspaceId, { feed: undefined, limit: 50, isAll }));
  const deliver = (record: object, asOf?: number) =>
    ingestFile(receiver.sql, {
      workspaceId: receiver.workspaceId,
      contract: STRIPE,
      from: { stream: Readable.from(`${JSON.stringify(record)}\n`) },
      ...(asOf !== undefined && { asOf: () => (AT + asOf) * 1_000 }),
    });
  return { ...receiver, push, status, quarantine, deliver };
}

describe('events of one record', () => {
  it('are ordered by when they happened, whatever the order they come in', async () => {
    const { push, take, status, quarantine } = await stripe();
    await push(stripeEvent('paid', 100));
    await push(stripeEvent('open', 0));
    await take();
    expect(await status()).toEqual([{ status: 'paid' }]);
    expect(await quarantine()).toEqual([]);
    expect(await quarantine(true)).toMatchObject([{ reason: 'superseded', settled: 'superseded' }]);
  });

  it('are ordered so across deliveries too', async () => {
    const { push, take, status, quarantine } = await stripe();
    await push(stripeEvent('paid', 100));
    await take();
    await push(stripeEvent('open', 0));
    await take();
    expect(await status()).toEqual([{ status: 'paid' }]);
    expect(await quarantine()).toEqual([]);
    expect(await quarantine(true)).toMatchObject([
      {
        reason: 'superseded',
        detail:
          '"in_1" is on record as of 2025-11-13T02:15:00.000Z, and this speaks of 2025-11-13T02:13:20.000Z; nothing is to be done',
      },
    ]);
  });

  it('leave nothing to be done when they follow each other in the usual way', async () => {
    const { push, take, status, quarantine } = await stripe();
    for (const [index, state] of ['draft', 'open', 'paid'].entries()) await push(stripeEvent(state, index));
    expect(await take()).toMatchObject([{ rowsRead: 3, rowsNew: 1, rowsQuarantined: 2 }]);
    expect(await status()).toEqual([{ status: 'paid' }]);
    expect(await quarantine()).toEqual([]);
    expect(await quarantine(true)).toHaveLength(2);
  });

  it('of one second stand in the order they come', async () => {
    const { push, take, status } = await stripe();
    await push(stripeEvent('open', 5));
    await take();
    await push(stripeEvent('paid', 5));
    await take();
    expect(await status()).toEqual([{ status: 'paid' }]);
  });

  it('that say again what is on record are remembered: one between the two does not stand', async () => {
    const { push, take, status } = await stripe();
    for (const [state, at] of [
      ['open', 100],
      ['open', 200],
      ['void', 150],
    ] as const) {
      await push(stripeEvent(state, at));
      await take();
    }
    expect(await status()).toEqual([{ status: 'open' }]);
  });

  it('that cannot be read leave nothing to be done once a later one could, and are replayed as of their time', async () => {
    const { push, take, quarantine, sql, workspaceId, status } = await stripe();
    await push(stripeEvent('open', 50, { total: 'x' }));
    await push(stripeEvent('paid', 100));
    await take();
    expect(await quarantine()).toEqual([]);
    await push(stripeEvent('draft', 20, { total: 'x' }));
    await take();
    expect(await quarantine()).toMatchObject([{ reason: 'amount_malformed' }]);
    await replayQuarantine(sql, { workspaceId, contract: STRIPE });
    expect(await status()).toEqual([{ status: 'paid' }]);
  });

  it('that name a time to come count as of when they came', async () => {
    const { push, take, status } = await stripe();
    await push({ ...stripeEvent('open', 0), created: 4_000_000_000 });
    await take();
    await push({ ...stripeEvent('paid', 0), created: undefined });
    await take();
    expect(await status()).toEqual([{ status: 'paid' }]);
  });
});

describe('an event beside what was asked for or delivered', () => {
  const { object } = stripeEvent('paid', 0).data;

  it('that happened before the source was asked does not stand; one that happened after it does', async () => {
    const { push, take, status, deliver } = await stripe();
    await deliver(object, 100);
    await push(stripeEvent('open', 50));
    await take();
    expect(await status()).toEqual([{ status: 'paid' }]);
    await push(stripeEvent('void', 101));
    await take();
    expect(await status()).toEqual([{ status: 'void' }]);
    expect(await deliver({ ...object, status: 'open' }, 90)).toMatchObject({ reasons: { superseded: 1 } });
    expect(await status()).toEqual([{ status: 'void' }]);
    await deliver({ ...object, status: 'uncollectible' });
    expect(await status()).toEqual([{ status: 'uncollectible' }]);
  });
});

describe('events of a feed without times', () => {
  it('stand in the order they come, and those that are followed by another are settled', async () => {
    const receiver = await receiving(database, [
      ORDERS('signature: standard\nsecret: "${HOOK_SECRET}"', { revision: false }),
    ]);
    receivers.push(receiver);
    await receiver.push(order({ amount: '2.00' }), { id: 'm1' });
    await receiver.push(order({ amount: '3.00' }), { id: 'm2' });
    await receiver.take();
    expect((await receiver.records())[0]?.amount).toBe('300');
    const { sql, workspaceId } = receiver;
    const listed = (isAll: boolean) =>
      inWorkspace(sql, workspaceId, (tx) =>
        listQuarantine(tx, workspaceId, { feed: undefined, limit: 9, isAll }),
      );
    expect(await listed(false)).toEqual([]);
    expect(await listed(true)).toMatchObject([{ reason: 'superseded', settled: 'superseded' }]);
  });
});
