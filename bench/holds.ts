import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../src/db/client.ts';
import { inWorkspace } from '../src/db/tx.ts';
import { createApiKey } from '../src/pipeline/govern/api-keys.ts';
import { startPrivatePostgres } from '../test/support/private-postgres.ts';
import { startApiChild } from './api-child.ts';
import { isHeld, orderRef, seedHeldOrders } from './held-orders.ts';
import type { Measured } from './main.ts';
import { note } from './note.ts';

const ORDERS = 100_000;
const PER_SECOND = 200;
const WARM_UP = 400;
const BAR_P99_MS = 20;

type Answer = { readonly ms: number; readonly isRight: boolean };

/** Asks whether payments may go, at a steady pace whatever the answers take, as payment systems do. */
export async function benchHolds(size: number): Promise<Measured> {
  const postgres = await startPrivatePostgres({ fast: false });
  const sql = connect({ url: postgres.url, role: 'runs' });
  try {
    note(`reconciling ${ORDERS} orders`);
    const { workspaceId } = await seedHeldOrders(sql, ORDERS);
    const key = await newKey(sql, workspaceId);
    const holds = await openHolds(sql, workspaceId);
    const api = await startApiChild({ databaseUrl: postgres.url, workspaceId });
    try {
      const asker = askerOf(api.url, key);
      await pacedAsks(asker, WARM_UP);
      note(`asking ${size} times, ${PER_SECOND} a second`);
      const answers = await pacedAsks(asker, size);
      asker.agent.destroy();
      return measuredOf(answers, holds);
    } finally {
      await api.kill();
    }
  } finally {
    await sql.end({ timeout: 5 });
    await postgres.stop();
  }
}

type Sql = ReturnType<typeof connect>;

async function newKey(sql: Sql, workspaceId: string): Promise<string> {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + 3_600_000);
  const made = await createApiKey(sql, {
    workspaceId,
    name: 'bench',
    scopes: ['holds:read'],
    now,
    expiresAt,
    by: 'bench',
  });
  if (!made) throw new Error('a new workspace has a key already');
  return made.text;
}

const openHolds = (sql: Sql, workspaceId: string): Promise<number> =>
  inWorkspace(sql, workspaceId, async (tx) => {
    const [row] = await tx<{ count: number }[]>`
      select count(*)::integer as count from hold where workspace_id = ${workspaceId} and state = 'open'`;
    return row?.count ?? 0;
  });

const askerOf = (url: string, key: string) => ({ url, key, agent: new Agent({ keepAlive: true }) });
type Asker = ReturnType<typeof askerOf>;

/** Measured from when each was due, so that a stall counts for every request it kept waiting. */
async function pacedAsks(asker: Asker, count: number): Promise<Answer[]> {
  const began = performance.now();
  const answers: Promise<Answer>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueAt = began + (index * 1000) / PER_SECOND;
    const wait = dueAt - performance.now();
    if (wait > 0) await sleep(wait);
    answers.push(ask(asker, 1 + ((index * 7_919) % ORDERS), dueAt));
  }
  return await Promise.all(answers);
}

/** By order with all its names, by order alone, and by client and payee, in turn. */
function queryOf(index: number): { query: string; pay: boolean } {
  const order = orderRef(index);
  const names = `client=Client%20${index % 500}&payee=Vendor%20${index % 200}`;
  if (index % 3 === 0) return { query: `order=${order}&${names}`, pay: !isHeld(index) };
  if (index % 3 === 1) return { query: `order=${order}`, pay: !isHeld(index) };
  // Of the clients and vendors, each twentieth has orders on hold.
  return { query: names, pay: !isHeld(index) };
}

function ask({ url, key, agent }: Asker, index: number, dueAt: number): Promise<Answer> {
  const { query, pay } = queryOf(index);
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/api/v1/holds?${query}`,
      { agent, headers: { authorization: `Bearer ${key}` } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const ms = performance.now() - dueAt;
          const body = JSON.parse(Buffer.concat(chunks).toString()) as { pay: unknown };
          resolve({ ms, isRight: response.statusCode === 200 && body.pay === pay });
        });
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

function measuredOf(answers: readonly Answer[], holds: number): Measured {
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
  const wrong = answers.filter(({ isRight }) => !isRight).length;
  const p99 = at(0.99);
  return {
    figures: {
      requests: answers.length,
      per_second: PER_SECOND,
      orders: ORDERS,
      open_holds: holds,
      p50_ms: at(0.5),
      p99_ms: p99,
      max_ms: Math.round(times.at(-1) ?? 0),
      wrong,
    },
    isInside: wrong === 0 && p99 <= BAR_P99_MS,
  };
}
