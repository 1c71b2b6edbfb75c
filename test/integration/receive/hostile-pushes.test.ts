import { connect as connectSocket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { type Case, casesOf, expanded, missingReason } from '../../e2e/hostile-slack-cases.ts';
import { testDatabase } from '../../support/database.ts';
import { KEY, ORDERS, order, receiving, standardHeaders } from './setup.ts';

const database = await testDatabase();
const feed = ORDERS(
  'signature: standard\nsecret: "${HOOK_SECRET}"\nonly: { source_id: A }\ntype: type\ntypes: [order.placed]',
);
const receiver = await receiving(database, [feed]);
afterAll(() => receiver.stop());

const OUTCOMES: Readonly<Record<string, readonly number[]>> = {
  reject_unauthenticated: [401],
  reject_forbidden: [403],
  reject_malformed: [400],
  reject_too_large: [413],
  reject_conflict: [409],
  ack_no_effect: [202],
  noop_duplicate: [200],
  accept: [200],
};

const now = receiver.now / 1000;
let count = 0;

type Step = { id?: string; body?: unknown; version?: number };

/** What a case wants sent, as body and headers; how often, and whether at once. */
async function outcomeOf({ id, input }: Case): Promise<number> {
  count += 1;
  if (input.$sequence) return await inTurn(id, input.$sequence);
  if (input.$concurrent) {
    const answers: number[] = await Promise.all(input.$concurrent.map((step: Step) => sendStep(id, step)));
    return Math.max(...answers);
  }
  const text = bodyText(input);
  const at = Number(String(input.ts ?? '$now').replace('$now', '') || 0) + now;
  const headers =
    input.sign === 'none' ? {} : standardHeaders(text, { id: `case_${count}`, at, key: keyOf(input) });
  if (input.headers?.['content-length']) return await sendRaw(text, { ...headers, ...input.headers });
  return (await receiver.post(text, { ...headers, ...(input.headers ?? {}) })).status;
}

async function inTurn(id: string, steps: readonly Step[]): Promise<number> {
  let last = 0;
  for (const step of steps) last = await sendStep(id, step);
  return last;
}

const sendStep = async (caseId: string, { id, body, version }: Step): Promise<number> => {
  const sent =
    typeof body === 'object' && body !== null
      ? body
      : order({ order_id: caseId, version: version ?? 1, ...(body === '$b2' ? { amount: '2.00' } : {}) });
  return (await receiver.push(sent, { id: `${caseId}_${id}` })).status;
};

const keyOf = (input: { sign?: string }): string =>
  input.sign === 'bad' || input.sign === 'wrong' ? 'bm9uZQ==' : KEY;

function bodyText(input: { body?: unknown; sign?: string }): string | Buffer {
  if (input.sign?.includes('body source_id B')) return JSON.stringify(order({ source_id: 'B' }));
  if (input.body === undefined) return JSON.stringify(order({ order_id: `case ${count}` }));
  const deep = (input.body as { $deep_json?: number }).$deep_json;
  if (deep !== undefined) return '['.repeat(deep) + ']'.repeat(deep);
  const body = expanded(input.body);
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

/** Headers as they are, whatever the body's length. */
function sendRaw(text: string | Buffer, headers: Record<string, string>): Promise<number> {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((resolve, reject) => {
    const socket = connectSocket(receiver.port, '127.0.0.1');
    socket.on('error', reject);
    socket.once('data', (chunk) => {
      resolve(Number(chunk.toString('latin1').split(' ')[1]));
      socket.destroy();
    });
    socket.write(`POST /webhooks/orders HTTP/1.1\r\nhost: tieout.example\r\n${lines.join('')}\r\n`);
    socket.write(text);
  });
}

if (missingReason) console.warn(`hostile pushes were not sent: ${missingReason}`);

describe.skipIf(missingReason !== undefined)('a hostile push', () => {
  it.each(casesOf('ingest.webhook').map((each) => [each.id, each.expect.note, each] as const))(
    '%s: %s',
    async (_id, _note, each) => {
      const before = await receiver.hash();
      const status = await outcomeOf(each);
      expect(OUTCOMES[each.expect.outcome]).toContain(status);
      const isKept =
        each.expect.state_change || ['noop_duplicate', 'ack_no_effect'].includes(each.expect.outcome);
      if (!isKept) expect(await receiver.hash()).toBe(before);
      if (each.expect.audit) expect((await receiver.trail()).at(-1)).toBe(each.expect.audit);
      expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
    },
  );
});
