import { createHmac, hash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { secretsOf } from '../../../src/config/secrets.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { startHttp } from '../../../src/http/server.ts';
import { webhookRoutes } from '../../../src/http/webhooks.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { pushTargets } from '../../../src/pipeline/receive/push-targets.ts';
import { takePushed } from '../../../src/pipeline/take-in.ts';
import type { TestDatabase } from '../../support/database.ts';
import { feedFrom, type TestFeed } from '../../support/feeds.ts';
import { organisation } from '../ingest/setup.ts';

export const KEY = Buffer.from('a key of the sender that is long').toString('base64');
const ENV = {
  HOOK_SECRET: `whsec_${KEY}`,
  OLD_SECRET: 'whsec_b2xkIG9sZCBvbGQgb2xk',
  PLAIN_SECRET: 'plain-secret',
};

export const ORDERS = (webhook: string, { revision = true } = {}) =>
  feedFrom(`
feed: orders
source: test
format: jsonl
zone: UTC
key: [order_id]
${revision ? 'revision: version' : ''}
amount: amount
date: day
fields:
  order_id: { type: reference, from: order_id }
  amount: { type: money, from: amount, currency: USD }
  day: { type: date, from: day, format: YYYY-MM-DD }
  version: { type: integer, from: version }
webhook:
${webhook.replaceAll(/^/gm, '  ')}
`);

export const order = (changes: object = {}) => ({
  order_id: '1',
  amount: '1.00',
  day: '2026-11-01',
  version: 1,
  ...changes,
});

let count = 0;

/** A service that one feed of a fresh workspace is pushed to, at a time that stands still. */
export async function receiving(database: TestDatabase, feeds: readonly TestFeed[]) {
  const sql = connect({ url: database.url, role: 'runs', max: 6 });
  count += 1;
  const config = {
    organisation: organisation(`receive ${count}`),
    feeds: new Map(feeds.map((feed) => [feed.feed, feed])),
    reconciliations: new Map(),
  };
  const { workspaceId } = await applyConfig(sql, config, { now: new Date('2026-11-22T00:00:00Z') });
  const now = Date.parse('2026-11-22T12:00:00Z');
  const logger = createLogger({ level: 'silent' });
  const targets = await pushTargets(sql, {
    workspaceId,
    contracts: feeds,
    secretsOf: (contract) => secretsOf(contract, ENV, 'webhook'),
  });
  const site = webhookRoutes({ sql, targets, publicUrl: 'https://tieout.example', logger, clock: () => now });
  const http = await startHttp({ port: 0, host: '127.0.0.1', slack: undefined, site });
  const post = (body: string | Buffer, headers: Record<string, string>, feed = 'orders') =>
    postOnce(`http://127.0.0.1:${http.port}/webhooks/${feed}`, body, headers);
  const query = <T extends object>(text: string): Promise<T[]> =>
    inWorkspace(sql, workspaceId, async (tx) => [...(await tx.unsafe<T[]>(text))]);
  const [first] = feeds;
  return {
    sql,
    workspaceId,
    port: http.port,
    now,
    post,
    /** Signed as Standard Webhooks are. */
    push: (body: unknown, { id = 'msg_1', at = Math.floor(now / 1000), feed = 'orders', key = KEY } = {}) => {
      const text = Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body);
      return post(text, standardHeaders(text, { id, at, key }), feed);
    },
    take: () => {
      if (!first) throw new Error('there is no feed');
      return takePushed(sql, { workspaceId, contract: first });
    },
    events: () =>
      query<{ id: string; status: string }>(
        'select event_id as id, status from webhook_event order by received_at, event_id',
      ),
    records: () =>
      query<{ ref: string; version: number; amount: string }>(
        'select source_ref as ref, version, amount_minor::text as amount from record order by 1',
      ),
    quarantined: () =>
      query<{ reason: string; raw: Buffer }>('select reason, raw from quarantined_row order by line'),
    trail: async () =>
      (
        await query<{ action: string }>(
          "select action from audit_event where (action like 'webhook.%' or action = 'authz.denied') order by seq",
        )
      ).map(({ action }) => action),
    /** Of everything that a push might change. */
    hash: async () =>
      hash(
        'sha256',
        JSON.stringify(await query('select event_id, body_sha256, status from webhook_event order by 1')),
        'hex',
      ),
    stop: async () => {
      await http.stop();
      await sql.end();
    },
  };
}

/** On a connection of its own: one that is kept may be closed from the other side just then. */
const postOnce = (url: string, body: string | Buffer, headers: Record<string, string>) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const request = httpRequest(url, { method: 'POST', headers: { ...length, ...headers }, agent: false });
    request.on('error', reject);
    request.on('response', async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
    });
    request.end(body);
  });

export function standardHeaders(
  body: string | Buffer,
  { id, at, key }: { id: string; at: number; key: string },
): Record<string, string> {
  const made = createHmac('sha256', Buffer.from(key, 'base64'))
    .update(`${id}.${at}.`)
    .update(body)
    .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,${made}`,
    'content-type': 'application/json',
  };
}
