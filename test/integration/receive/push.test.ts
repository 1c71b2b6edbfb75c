import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import { ORDERS, order, receiving, standardHeaders } from './setup.ts';

const database = await testDatabase();
type Receiver = Awaited<ReturnType<typeof receiving>>;
const receivers: Receiver[] = [];
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.stop();
});

const STANDARD = 'signature: standard\nsecret: "${HOOK_SECRET}"';

async function listening(webhook = STANDARD): Promise<Receiver> {
  const receiver = await receiving(database, [ORDERS(webhook)]);
  receivers.push(receiver);
  return receiver;
}

describe('a push', () => {
  it('is stored before it is answered, and becomes a record once', async () => {
    const { push, take, events, records } = await listening();
    expect(await push(order())).toEqual({ status: 200, body: '{"status":"stored","events":["msg_1"]}' });
    expect(await events()).toEqual([{ id: 'msg_1', status: 'stored' }]);
    expect(await take()).toMatchObject([{ rowsRead: 1, rowsNew: 1 }]);
    expect(await take()).toEqual([]);
    expect(await records()).toEqual([{ ref: '1', version: 1, amount: '100' }]);
    expect(await events()).toEqual([{ id: 'msg_1', status: 'taken' }]);
  });

  it('that comes again gets the same answer and changes nothing, also after it was taken, also twice at once', async () => {
    const { push, take, records } = await listening();
    const answers = await Promise.all([push(order()), push(order())]);
    await take();
    answers.push(await push(order()));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await take()).toEqual([]);
    expect(await records()).toEqual([{ ref: '1', version: 1, amount: '100' }]);
  });

  it('with a known name and another content is refused', async () => {
    const { push, take, records } = await listening();
    await push(order());
    expect((await push(order({ amount: '2.00' }))).status).toBe(409);
    await take();
    expect((await records())[0]?.amount).toBe('100');
  });

  it('of an older version that comes later does not overwrite', async () => {
    const { push, take, records } = await listening();
    await push(order({ version: 2, amount: '2.00' }), { id: 'm2' });
    await push(order({ version: 1, amount: '1.00' }), { id: 'm1' });
    await take();
    expect((await records())[0]?.amount).toBe('200');
  });

  it('is made a record also when the record says again what it said before', async () => {
    const { push, take, records } = await listening();
    for (const [index, amount] of ['1.00', '2.00', '1.00'].entries()) {
      await push(order({ amount, version: 1 }), { id: `m${index}` });
      await take();
    }
    expect(await records()).toEqual([{ ref: '1', version: 3, amount: '100' }]);
  });

  it('to a feed that is not there is answered as one to a feed that takes none', async () => {
    const { push } = await listening();
    const [missing, other] = [
      await push(order(), { feed: 'nothing' }),
      await push(order(), { feed: '../healthz' }),
    ];
    expect(missing).toEqual({
      status: 404,
      body: '{"error":"not_found","detail":"there is no such address"}',
    });
    expect(other.status).toBe(404);
  });

  it('of an account that the key is not bound to is refused, and on the trail', async () => {
    const { push, events, trail } = await listening(`${STANDARD}\nonly: { source_id: A }`);
    expect((await push(order({ source_id: 'B' }))).status).toBe(403);
    expect(await events()).toEqual([]);
    expect(await trail()).toEqual(['authz.denied']);
    expect((await push(order({ source_id: 'A' }))).status).toBe(200);
  });

  it('of a type that is not wanted is parked', async () => {
    const { push, take, events } = await listening(`${STANDARD}\ntype: type\ntypes: [order.placed]`);
    expect(await push({ type: 'order.exploded' })).toMatchObject({ status: 202 });
    expect(await events()).toEqual([{ id: 'msg_1', status: 'parked' }]);
    expect(await take()).toEqual([]);
  });

  it('that breaks the contract is sent back with the reason, or, from a provider, kept and quarantined with its bytes', async () => {
    const strict = await listening();
    expect(await strict.push(order({ amount: '1,00' }))).toMatchObject({ status: 400 });
    expect(await strict.events()).toEqual([]);

    const lenient = await listening(`${STANDARD}\nunknown: keep`);
    const body =
      '{ "order_id": "1",\n "amount": "1,00", "day": "2026-11-01", "version": 1, "new_key": true }';
    expect((await lenient.push(body)).status).toBe(200);
    expect(await lenient.take()).toMatchObject([{ rowsRead: 1, rowsQuarantined: 1 }]);
    expect(await lenient.quarantined()).toMatchObject([{ reason: 'amount_malformed' }]);
    expect((await lenient.quarantined())[0]?.raw.toString()).toBe(body.replaceAll('\n', ' '));
  });

  it('that is packed, or longer than may be, is refused', async () => {
    const { post, push, now } = await listening(`${STANDARD}\nmax_bytes: 10kB`);
    expect((await push(order({ memo: 'x'.repeat(10_000) }))).status).toBe(413);
    const headers = standardHeaders('{}', { id: 'm', at: now / 1000, key: '' });
    expect((await post('{}', { ...headers, 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('is taken with the old secret as with the new one while both are named', async () => {
    const { push } = await listening('signature: standard\nsecret: ["${HOOK_SECRET}", "${OLD_SECRET}"]');
    expect((await push(order({ order_id: '2' }), { id: 'old', key: 'b2xkIG9sZCBvbGQgb2xk' })).status).toBe(
      200,
    );
    expect((await push(order({ order_id: '3' }), { id: 'new' })).status).toBe(200);
    expect((await push(order({ order_id: '4' }), { id: 'none', key: 'bm9uZQ==' })).status).toBe(401);
  });
});

const body = JSON.stringify({ id: 'evt_1', type: 'order.placed', data: { object: order() } });
const list = `[${body}, ${body.replace('evt_1', 'evt_2')}]`;
const hex = (text: string) => createHmac('sha256', 'plain-secret').update(text).digest('hex');
const base64 = (text: string) => createHmac('sha256', 'plain-secret').update(text).digest('base64');
const AT = Date.parse('2026-11-22T12:00:00Z');
const S = AT / 1000;

const PROVIDERS: readonly [
  name: string,
  webhook: string,
  sent: string,
  headers: (at: number) => Record<string, string>,
][] = [
  [
    'stripe',
    'signature: stripe',
    body,
    (at) => ({ 'stripe-signature': `t=${S + at},v1=${hex(`${S + at}.${body}`)},v0=x` }),
  ],
  [
    'hubspot',
    'signature: hubspot\nevents: ""',
    list,
    (at) => ({
      'x-hubspot-request-timestamp': String(AT + at * 1000),
      'x-hubspot-signature-v3': base64(`POSThttps://tieout.example/webhooks/orders${list}${AT + at * 1000}`),
    }),
  ],
  [
    'shopify',
    'signature: shopify',
    body,
    () => ({ 'x-shopify-hmac-sha256': base64(body), 'x-shopify-webhook-id': 'w-1' }),
  ],
  [
    'another, by a header',
    'signature: { header: X-Hub-Signature, prefix: "sha256=" }',
    body,
    () => ({ 'x-hub-signature': `sha256=${hex(body)}` }),
  ],
];

describe('the signature of', () => {
  const rest = 'secret: "${PLAIN_SECRET}"\nid: id\ntype: type\nrecord: data.object';

  it.each(PROVIDERS)('%s lets its own push in, and no other', async (name, webhook, sent, headers) => {
    const { post, take, records } = await listening(`${webhook}\n${rest}`);
    expect((await post(sent, headers(0))).status).toBe(200);
    expect((await post(`${sent} `, headers(0))).status).toBe(401);
    expect((await post(sent, {})).status).toBe(401);
    if (['stripe', 'hubspot'].includes(name)) {
      expect([(await post(sent, headers(-301))).status, (await post(sent, headers(301))).status]).toEqual([
        401, 401,
      ]);
    }
    await take();
    expect(await records()).toEqual([{ ref: '1', version: 1, amount: '100' }]);
  });
});
