import { type ChildProcess, fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect } from '../src/db/client.ts';
import { inWorkspace } from '../src/db/tx.ts';
import { applyConfig } from '../src/pipeline/govern/apply-config.ts';
import { takePushed } from '../src/pipeline/take-in.ts';
import { organisation } from '../test/integration/ingest/setup.ts';
import { startPrivatePostgres } from '../test/support/private-postgres.ts';
import type { Measured } from './main.ts';
import { note } from './note.ts';
import { BENCH_FEED } from './webhook-feed.ts';

const RATE = 300;
const KEY = Buffer.from('the key of the bench, long enough').toString('base64');
const BARS = { perSecond: 295, p99Ms: 1_000 } as const;
/** Every so many answers it is looked up whether the event is on the record by then. */
const LOOKED_UP = 50;

/** Signed events come 300 times a second, whatever was answered before; each must be on the record when it is answered. */
export async function benchWebhooks(size: number): Promise<Measured> {
  const postgres = await startPrivatePostgres({ fast: false });
  const sql = connect({ url: postgres.url, role: 'runs', max: 3 });
  let app: ChildProcess | undefined;
  try {
    const feeds = new Map([[BENCH_FEED.feed, BENCH_FEED]]);
    const config = { organisation: organisation('bench'), feeds, reconciliations: new Map() };
    const { workspaceId } = await applyConfig(sql, config, { now: new Date() });
    app = startApp(postgres.url, workspaceId);
    const [{ port }] = (await once(app, 'message')) as [{ port: number }];
    const isStored = (id: string) =>
      inWorkspace(
        sql,
        workspaceId,
        async (tx) => (await tx`select from webhook_event where event_id = ${id}`).length === 1,
      );
    note(`${size} pushes, ${RATE} a second`);
    const pushed = await pushAll(port, size, isStored);
    const [{ stored } = { stored: 0 }] = await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx<{ stored: number }[]>`select count(*)::integer as stored from webhook_event`,
    );
    note('making records of them');
    const began = performance.now();
    const reports = await takePushed(sql, { workspaceId, contract: BENCH_FEED });
    const records = reports.reduce((sum, { rowsNew }) => sum + rowsNew, 0);
    return {
      figures: {
        webhooks: size,
        per_second: Math.round(pushed.perSecond),
        p50_ms: at(pushed.times, 0.5),
        p99_ms: at(pushed.times, 0.99),
        answered: pushed.answered,
        stored,
        stored_before_reply: pushed.areStored,
        records,
        take_seconds: Math.round((performance.now() - began) / 100) / 10,
      },
      isInside:
        pushed.answered === size &&
        stored === size &&
        records === size &&
        pushed.areStored &&
        pushed.perSecond >= BARS.perSecond &&
        at(pushed.times, 0.99) <= BARS.p99Ms,
    };
  } finally {
    app?.kill('SIGKILL');
    await sql.end({ timeout: 5 });
    await postgres.stop();
  }
}

function startApp(databaseUrl: string, workspaceId: string): ChildProcess {
  return fork(fileURLToPath(new URL('webhook-app.ts', import.meta.url)), [], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, DATABASE_URL: databaseUrl, WORKSPACE: workspaceId, BENCH_SECRET: `whsec_${KEY}` },
  });
}

async function pushAll(port: number, size: number, isStored: (id: string) => Promise<boolean>) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const times: number[] = [];
  const looks: Promise<boolean>[] = [];
  let answered = 0;
  const began = performance.now();
  const pushes = Array.from({ length: size }, async (_, index) => {
    // An open loop: a slow answer makes no later push wait.
    await sleep((index * 1000) / RATE);
    const sent = performance.now();
    const status = await push(agent, port, index);
    times.push(performance.now() - sent);
    if (status === 200) answered += 1;
    if (index % LOOKED_UP === 0) looks.push(isStored(`evt_${index}`));
  });
  await Promise.all(pushes);
  const perSecond = size / ((performance.now() - began) / 1000);
  agent.destroy();
  return {
    times: times.toSorted((a, b) => a - b),
    answered,
    perSecond,
    areStored: (await Promise.all(looks)).every(Boolean),
  };
}

function push(agent: Agent, port: number, index: number): Promise<number> {
  const id = `evt_${index}`;
  const body = JSON.stringify({
    order_id: `O-${index}`,
    amount: `${100 + (index % 900)}.25`,
    currency: 'USD',
    day: '2026-11-01',
    client: 'Alder & Finch',
  });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', Buffer.from(KEY, 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      { agent, host: '127.0.0.1', port, path: '/webhooks/orders', method: 'POST', headers },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const at = (sorted: readonly number[], share: number): number =>
  Math.round((sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0) * 10) / 10;
