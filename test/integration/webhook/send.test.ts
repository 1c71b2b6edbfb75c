import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { MOST_ATTEMPTS } from '../../../src/core/webhook-endpoint.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { checkRecord } from '../../../src/pipeline/report/doctor.ts';
import { replay } from '../../../src/pipeline/webhook/replay.ts';
import { AT, entriesOf, overbilled, TERMS } from '../../support/adjusting.ts';
import { testDatabase } from '../../support/database.ts';
import {
  onlyException,
  press,
  putRecords,
  RESOLVING,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
  trailOf,
} from '../../support/ledger.ts';
import { isSignedWith, newSecret, startReceiver } from '../../support/receiver.ts';
import { CHARGE, charged, endpointAt, messagesOf, SPEC, sender, tellThese } from './setup.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
const receiver = await startReceiver();
const SECRET = newSecret();
afterAll(async () => {
  await receiver.stop();
  await sql.end();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answers((response) => response.writeHead(204).end());
});

const HOUR = 3_600_000;

async function holding() {
  const endpoint = endpointAt(receiver);
  const workspace = await charged(sql, [endpoint]);
  return { workspace, ...sender(sql, workspace, { endpoint, secrets: [SECRET] }) };
}

async function resolved(workspace: SeededWorkspace): Promise<void> {
  await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
  const request = press(workspace, 'ana', await onlyException(sql, workspace));
  const input = { ...request, code: 'accepted', note: '', amount: undefined };
  await resolve(sql, input, RESOLVING);
}

describe('a hold that is placed', () => {
  it('is told, signed, with all that a payment system acts on', async () => {
    const { workspace, send } = await holding();
    await send();

    const [told, ...others] = receiver.received;
    const { number } = await onlyException(sql, workspace);
    expect(others).toEqual([]);
    expect(told && isSignedWith(SECRET, told)).toBe(true);
    expect(told?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': expect.stringMatching(/^msg_[0-9a-f]{32}$/),
    });
    expect(told?.event).toEqual({
      type: 'hold.placed',
      timestamp: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/),
      data: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        hold: expect.stringMatching(/^H-\d+$/),
        version: 1,
        state: 'open',
        kind: 'payout',
        client: 'Acme',
        order: '1',
        payee: 'Kestrel',
        amount: { decimal: '180.05', minor: '18005', currency: 'USD' },
        exception: `EX-${number}`,
        reason: 'NOTHING_ON_EXPECTED_SIDE',
        note: null,
        expires_at: null,
        released_how: null,
        sequence: expect.any(Number),
      },
    });
    expect(await messagesOf(sql, workspace)).toMatchObject([{ state: 'sent', attempts: 1, lastStatus: 204 }]);
  });

  it('is written in the transaction of the change: rolled back, nobody is told', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await tellThese(sql, workspace, [endpointAt(receiver)]);
    await putRecords(sql, workspace, [CHARGE]);
    const { workspaceId } = workspace;
    const hold = { hold_id: crypto.randomUUID(), kind: 'payout', client: 'Acme', state: 'open', version: 1 };
    const place = inWorkspace(sql, workspaceId, async (tx) => {
      await tx`
        insert into hold (workspace_id, hold_id, number, kind, client, reason, placed_at, last_seq)
        select ${workspaceId}, h.hold_id, a.seqs[1], h.kind, h.client, 'X', now(), a.seqs[1]
        from jsonb_populate_record(null::tieout.hold, ${JSON.stringify(hold)}::text::jsonb) as h
        cross join lateral tieout.audit_append(${workspaceId}::uuid, array[
          tieout.hold_fact('hold.placed', h, '{"kind": "program", "name": "test"}', 'X', null)]) as a (seqs)`;
      const [row] = await tx<{ count: number }[]>`select count(*)::integer as count from webhook_message`;
      throw new Error(`${row?.count} written`);
    });

    await expect(place).rejects.toThrow('1 written');
    expect(await messagesOf(sql, workspace)).toEqual([]);
  });

  it('is told again when it changes and when it ends, in that order, with growing versions', async () => {
    const { workspace, send } = await holding();
    await putRecords(sql, workspace, [{ ...CHARGE, amountMinor: 150_00n }]);
    await runLedger(sql, workspace, { spec: SPEC });
    await resolved(workspace);
    await send();
    await send();
    await send();

    expect(receiver.received.map(({ event }) => [event.type, event.data.version])).toEqual([
      ['hold.placed', 1],
      ['hold.changed', 2],
      ['hold.released', 3],
    ]);
    expect(receiver.received.at(-1)?.event.data).toMatchObject({
      state: 'released',
      released_how: 'resolved',
      reason: 'accepted',
      amount: { decimal: '150.00' },
    });
  });

  it('is told to each endpoint that wants to know of it, and to no other', async () => {
    const all = endpointAt(receiver);
    const ends = endpointAt(receiver, { key: 'ledger', kinds: ['hold.released'] });
    const workspace = await charged(sql, [all, ends]);
    expect((await messagesOf(sql, workspace)).map(({ endpoint }) => endpoint)).toEqual(['payments']);

    await resolved(workspace);
    expect((await messagesOf(sql, workspace)).map(({ endpoint, kind }) => [endpoint, kind])).toEqual([
      ['ledger', 'hold.released'],
      ['payments', 'hold.released'],
      ['payments', 'hold.placed'],
    ]);
  });

  it('waits while the configuration does not name its endpoint', async () => {
    const { workspace, send, options } = await holding();
    await tellThese(sql, workspace, []);
    expect(await send()).toEqual([]);
    expect(await messagesOf(sql, workspace)).toMatchObject([{ state: 'pending', isActive: false }]);

    await tellThese(sql, workspace, [options.endpoint]);
    expect(await send()).toMatchObject([{ verdict: { state: 'sent' } }]);
  });
});

describe('an entry for the ledger', () => {
  it('is told when it is booked, with the month it belongs to and what it is about', async () => {
    const endpoint = endpointAt(receiver, { kinds: ['adjustment.applied'] });
    const workspace = await overbilled(sql);
    await tellThese(sql, workspace, [endpoint]);
    const request = press(workspace, 'ana', await onlyException(sql, workspace));
    const input = { ...request, code: 'adjusted', note: 'Agreed', amount: '20.00', reason: 'billing_error' };
    expect(await resolve(sql, input, { ...TERMS, now: AT })).toMatchObject({ ok: true });
    await sender(sql, workspace, { endpoint, secrets: [SECRET] }).send();

    const [entry] = await entriesOf(sql, workspace);
    expect(receiver.received.map(({ event }) => event)).toMatchObject([
      {
        type: 'adjustment.applied',
        data: {
          adjustment: `A-${entry?.number}`,
          kind: 'adjustment',
          client: 'Acme',
          order: '1',
          amount: { decimal: '20.00', minor: '2000', currency: 'USD' },
          direction: 'over',
          original_period: entry?.original_period,
          booked_period: entry?.booked_period,
          code: 'adjusted',
          reason: 'billing_error',
          note: 'Agreed',
          reverses: null,
        },
      },
    ]);
    expect(await messagesOf(sql, workspace)).toMatchObject([{ about: `A-${entry?.number}` }]);
  });
});

describe('a receiver that fails', () => {
  it.each([500, 503, 400, 302, 401])('with %s is told again later, under the same id', async (status) => {
    const { workspace, send, later } = await holding();
    receiver.answers((response) => response.writeHead(status, { location: '/elsewhere' }).end('  not\nnow '));
    expect(await send()).toMatchObject([{ verdict: { state: 'pending', waitMs: 5_000 } }]);
    expect(await send()).toEqual([]);
    expect(await messagesOf(sql, workspace)).toMatchObject([{ state: 'pending', attempts: 1 }]);

    receiver.answers((response) => response.writeHead(200).end());
    later(6_000);
    expect(await send()).toMatchObject([{ attempts: 2, verdict: { state: 'sent' } }]);
    expect(new Set(receiver.received.map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
  });

  it('by not answering is left after the time its endpoint has', async () => {
    const endpoint = endpointAt(receiver, { timeoutMs: 300 });
    const workspace = await charged(sql, [endpoint]);
    const { send } = sender(sql, workspace, { endpoint, secrets: [SECRET] });
    receiver.answers(() => undefined);

    expect(await send()).toMatchObject([
      { status: undefined, problem: expect.stringContaining('did not answer completely within 300 ms') },
    ]);
  });

  it('by answering without end is not read to the end', async () => {
    const { send } = await holding();
    receiver.answers((response) => response.writeHead(200).end('x'.repeat(5_000_000)));

    expect(await send()).toMatchObject([{ verdict: { state: 'sent' } }]);
  });

  it('and asks for time gets it', async () => {
    const { send } = await holding();
    receiver.answers((response) => response.writeHead(503, { 'retry-after': '120' }).end());

    expect(await send()).toMatchObject([{ verdict: { state: 'pending', waitMs: 120_000 } }]);
  });

  it('and says that it is gone is told no more', async () => {
    const { send } = await holding();
    receiver.answers((response) => response.writeHead(410).end());

    expect(await send()).toMatchObject([{ verdict: { state: 'dead' } }]);
  });

  it('long enough is given up, the doctor says so, and a replay is the way out', async () => {
    const { workspace, send, later, now } = await holding();
    const { workspaceId } = workspace;
    receiver.answers((response) => response.writeHead(500).end('database is down'));
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      await send();
      later(10 * HOUR);
    }
    expect(await send()).toEqual([]);
    expect(await messagesOf(sql, workspace)).toMatchObject([
      { state: 'dead', attempts: MOST_ATTEMPTS, lastError: 'answered 500: database is down' },
    ]);
    const checks = await checkRecord(sql, { workspaceId, now });
    expect(checks.find(({ check }) => check === 'webhooks')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('given up: 1'),
    });

    receiver.answers((response) => response.writeHead(200).end());
    const [dead] = await messagesOf(sql, workspace);
    const replayed = { messageId: dead?.messageId };
    expect(await replay(sql, { workspaceId, replayed, now: now(), by: 'test' })).toBe(1);
    expect(await send()).toMatchObject([{ attempts: 1, verdict: { state: 'sent' } }]);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
    expect((await trailOf(sql, workspace)).at(-1)).toMatchObject({
      action: 'webhook.replayed',
      body: { data: { messages: 1, by: 'test' } },
    });
    const after = await checkRecord(sql, { workspaceId, now });
    expect(after.find(({ check }) => check === 'webhooks')).toMatchObject({ state: 'ok' });
  });

  it('holds up only what speaks of the same hold', async () => {
    const { workspace, send, later } = await holding();
    await resolved(workspace);
    const other = { ...CHARGE, ref: 'I-2', fields: { ...CHARGE.fields, po: '2' } };
    await putRecords(sql, workspace, [other]);
    await runLedger(sql, workspace, { spec: SPEC });
    receiver.answers((response, { event }) => response.writeHead(event.data.order === '1' ? 500 : 200).end());
    await send();
    await send();

    expect(receiver.received.map(({ event }) => [event.type, event.data.order])).toEqual([
      ['hold.placed', '1'],
      ['hold.placed', '2'],
    ]);
    receiver.answers((response) => response.writeHead(200).end());
    later(6_000);
    await send();
    await send();
    expect(receiver.received.slice(2).map(({ event }) => [event.type, event.data.order])).toEqual([
      ['hold.placed', '1'],
      ['hold.released', '1'],
    ]);
  });
});

describe('a sender', () => {
  it('that is killed after sending and before writing it down sends the same id again', async () => {
    const { workspace, options, now, send, later } = await holding();
    receiver.answers(() => child.kill('SIGKILL'));
    const given = { url: database.url, options, key: SECRET.slice('whsec_'.length), now: now() };
    const path = fileURLToPath(new URL('../../support/webhook-child.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', path, JSON.stringify(given)], {
      stdio: 'inherit',
    });
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(receiver.received).toHaveLength(1);
    expect(await messagesOf(sql, workspace)).toMatchObject([{ state: 'pending', attempts: 1 }]);

    receiver.answers((response) => response.writeHead(204).end());
    expect(await send()).toEqual([]);
    later(60_000);
    expect(await send()).toMatchObject([{ attempts: 2, verdict: { state: 'sent' } }]);
    expect(new Set(receiver.received.map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
  });

  it('shares the work with others, each message once', async () => {
    const endpoint = endpointAt(receiver);
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await tellThese(sql, workspace, [endpoint]);
    const rows = Array.from({ length: 40 }, (_, at) => ({
      ...CHARGE,
      ref: `I-${at}`,
      fields: { ...CHARGE.fields, po: `${at}` },
    }));
    await putRecords(sql, workspace, rows);
    await runLedger(sql, workspace, { spec: SPEC });
    const { send } = sender(sql, workspace, { endpoint, secrets: [SECRET] });
    for (let round = 0; round < 3; round += 1) await Promise.all([send(), send(), send()]);

    expect(receiver.received).toHaveLength(40);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(40);
  });

  it('signs with both secrets while one takes the place of the other', async () => {
    const endpoint = endpointAt(receiver);
    const workspace = await charged(sql, [endpoint]);
    const next = newSecret();
    await sender(sql, workspace, { endpoint, secrets: [next, SECRET] }).send();

    const [told] = receiver.received;
    expect(told && [SECRET, next, newSecret()].map((secret) => isSignedWith(secret, told))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data', ['169.254.0.0/16']],
    ['http://127.0.0.1:9/', []],
    ['https://10.0.0.7/', []],
    ['http://[::1]:9/', []],
  ])('does not reach %s where it is not allowed', async (url, networks) => {
    const endpoint = endpointAt({ url }, { networks });
    const workspace = await charged(sql, [endpoint]);
    const { send } = sender(sql, workspace, { endpoint, secrets: [SECRET] });

    expect(await send()).toMatchObject([
      { status: undefined, problem: expect.stringContaining('is not asked'), verdict: { state: 'pending' } },
    ]);
  });

  it('does not reach a name whose address is one of a private network', async () => {
    const endpoint = endpointAt({ url: 'https://pay.example/' }, { networks: [] });
    const workspace = await charged(sql, [endpoint]);
    const { options } = sender(sql, workspace, { endpoint, secrets: [SECRET] });
    const resolveTo = async () => [{ address: '10.1.2.3', family: 4 }];
    const { sendDue } = await import('../../../src/pipeline/webhook/send-due.ts');

    expect(await sendDue(sql, { ...options, resolve: resolveTo })).toMatchObject([
      { problem: expect.stringContaining('10.1.2.3') },
    ]);
  });
});

describe('a replay', () => {
  it('since an instant sends again what was sent from then on, to the endpoint that is named', async () => {
    const { workspace, send, now } = await holding();
    const { workspaceId } = workspace;
    await resolved(workspace);
    await send();
    await send();
    const [released] = await messagesOf(sql, workspace);
    const since = released?.createdAt;
    const again = (replayed: object) => replay(sql, { workspaceId, replayed, now: now(), by: 'test' });

    expect(await again({ since, endpoint: 'nobody' })).toBe(0);
    expect(await again({ since, deadOnly: true })).toBe(0);
    expect(await again({ since })).toBe(1);
    await send();
    expect(receiver.received.map(({ event }) => event.type)).toEqual([
      'hold.placed',
      'hold.released',
      'hold.released',
    ]);
    expect(receiver.received[1]?.id).toBe(receiver.received[2]?.id);
  });
});
