import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, type IntakePolicy } from '../../../src/core/intake/policy.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { type DecisionInput, decideDelivery } from '../../../src/pipeline/ingest/decide.ts';
import { takeReleased } from '../../../src/pipeline/ingest/take-released.ts';
import { listQuarantine } from '../../../src/pipeline/report/quarantine.sql.ts';
import { testDatabase } from '../../support/database.ts';
import { ORDERS, organisation, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
const HEADER = 'order_id,amount,currency,order_date,memo\n';
const row = (id: string | number, amount = '1.00', memo = 'x'): string =>
  `A-${id},${amount},USD,2026-01-05,${memo}\n`;
const rows = (count: number, amount = '1.00', memo = 'x'): string =>
  HEADER + Array.from({ length: count }, (_, at) => row(at, amount, memo)).join('');

let place: Workspace;
let name = '';
let count = 0;
const opened: Workspace[] = [];
beforeEach(async () => {
  count += 1;
  name = `held ${count}`;
  place = await workspace(database, name);
  await configure();
  opened.push(place);
});
afterAll(async () => {
  await Promise.all(opened.map(({ sql }) => sql.end()));
});

let orders = ORDERS;
/** Puts the feed under a policy; its data is Media Ops's. */
async function configure(
  policy: Partial<IntakePolicy> = {},
  changes: Partial<typeof ORDERS> = {},
): Promise<void> {
  orders = {
    ...ORDERS,
    intake: { ...DEFAULT_POLICY, owner: { kind: 'team', key: 'media_ops' }, ...policy },
    ...changes,
  };
  const person = (key: string) => ({
    key,
    name: key,
    email: `${key}@x.example`,
    slackUserId: undefined,
    roles: [],
  });
  await applyConfig(
    place.sql,
    {
      organisation: {
        ...organisation(name),
        people: [person('ana'), person('bob')],
        teams: [
          { key: 'media_ops', name: 'Media Ops', channel: '#media-ops', members: ['ana'], lead: undefined },
        ],
      },
      feeds: new Map([[orders.feed, orders]]),
      reconciliations: new Map(),
    },
    { now: new Date('2026-11-22T00:00:00Z') },
  );
}

const deliver = (text: string) => place.deliver(text, orders);
const take = () =>
  takeReleased(place.sql, { workspaceId: place.workspaceId, feeds: new Map([[orders.feed, orders]]) });
const decide = (deliveryId: string, more: Partial<DecisionInput> = {}) =>
  inWorkspace(place.sql, place.workspaceId, (tx) =>
    decideDelivery(tx, {
      workspaceId: place.workspaceId,
      deliveryId,
      decision: 'release',
      code: 'expected_change',
      note: undefined,
      personId: undefined,
      ...more,
    }),
  );
const query = <T extends object>(
  run: (tx: Parameters<Parameters<typeof inWorkspace>[2]>[0]) => Promise<T[]>,
): Promise<T[]> => inWorkspace(place.sql, place.workspaceId, async (tx) => [...(await run(tx))]);
const statuses = () =>
  query((tx) => tx`select status, version, rows_held as held from delivery order by received_at`);
const trail = () => query((tx) => tx`select action from audit_event where entity = 'delivery' order by seq`);
const personId = async (key: string): Promise<string> => {
  const [found] = await query<{ id: string }>(
    (tx) => tx`select person_id as id from person where key = ${key}`,
  );
  return found?.id ?? '';
};

/** Eight ordinary deliveries, which is what is needed to know what is usual. */
async function usual(): Promise<void> {
  for (let at = 0; at < 8; at += 1) await deliver(rows(100, '1.00', `day ${at}`));
}

describe('a spike', () => {
  beforeEach(usual);

  it.each([
    ['half a file', rows(50, '1.00', 'half'), 'volume'],
    ['no rows at all', HEADER, 'volume'],
    ['a thousand times the money', rows(100, '1000.00'), 'value'],
  ])('of %s is held, and nothing of it is a record', async (_what, text, kind) => {
    const before = await place.records();
    const report = await deliver(text);
    expect(report).toMatchObject({ status: 'held', rowsNew: 0, rowsChanged: 0 });
    expect(report.findings.map((finding) => finding.kind)).toContain(kind);
    expect(await place.records()).toEqual(before);
    expect((await trail()).at(-1)).toEqual({ action: 'delivery.held' });
  });

  it('is not delivered twice while it waits, and is no history', async () => {
    await deliver(rows(50, '1.00', 'half'));
    expect(await deliver(rows(50, '1.00', 'half'))).toMatchObject({
      status: 'already_delivered',
      problem: expect.stringContaining('50 rows where 100 are usual'),
      earlier: { status: 'held', decidedBy: null, decidedAt: null },
    });
    expect(await trail()).toHaveLength(9);
    expect(await deliver(rows(100, '1.00', 'day 9'))).toMatchObject({ status: 'accepted', findings: [] });
  });

  it('that was rejected is told who did so and why when it comes again', async () => {
    const { deliveryId } = await deliver(rows(50, '1.00', 'half'));
    const ana = await personId('ana');
    await decide(deliveryId, { decision: 'reject', code: 'wrong_file', note: 'last month', personId: ana });
    expect(await deliver(rows(50, '1.00', 'half'))).toMatchObject({
      status: 'already_delivered',
      deliveryId,
      rowsRead: 0,
      earlier: { status: 'rejected', decidedBy: 'ana', reasonCode: 'wrong_file', note: 'last month' },
    });
  });

  it('is told where the feed wants no more than that', async () => {
    await configure({ spike: 'tell' });
    const report = await deliver(rows(50, '1.00', 'half'));
    expect(report).toMatchObject({
      status: 'accepted',
      rowsChanged: 50,
      findings: [{ kind: 'volume' }],
    });
    expect(report.warnings[0]).toContain('50 rows where 100 are usual: below usual');
  });

  it('that was released becomes records, once', async () => {
    const { deliveryId } = await deliver(rows(50, '1.00', 'half'));
    expect(await decide(deliveryId)).toMatchObject({ ok: true, value: { status: 'released' } });
    expect(await take()).toMatchObject([{ deliveryId, status: 'accepted', rowsRead: 50, rowsChanged: 50 }]);
    expect(await take()).toEqual([]);
    expect((await place.records()).filter(({ memo }) => memo === 'half')).toHaveLength(50);
    expect((await trail()).slice(-3)).toEqual([
      { action: 'delivery.held' },
      { action: 'delivery.released' },
      { action: 'delivery.accepted' },
    ]);
    expect(await query((tx) => tx`select 1 from kept_part`)).toEqual([]);
  });

  it('that was released goes behind what came after it', async () => {
    const held = await deliver(
      HEADER + row(1, '500000.00', 'held') + row(2, '1.00', 'held') + row(900, '1.00', 'held'),
    );
    await deliver(rows(100, '1.00', 'day 9').replace(row(2, '1.00', 'day 9'), ''));
    await deliver(rows(100, '1.00', 'day 9'));
    await decide(held.deliveryId);
    expect(await take()).toMatchObject([
      { status: 'accepted', rowsNew: 1, rowsChanged: 0, reasons: { older_delivery: 2 } },
    ]);
    const memos = new Map((await place.records()).map(({ sourceRef, memo }) => [sourceRef, memo]));
    expect([memos.get('A-1'), memos.get('A-2'), memos.get('A-900')]).toEqual(['day 9', 'day 9', 'held']);
    const listed = (isAll: boolean) =>
      query((tx) => listQuarantine(tx, place.workspaceId, { feed: undefined, limit: 9, isAll }));
    expect(await listed(false)).toEqual([]);
    expect((await listed(true)).map(({ settled }) => settled)).toEqual(['superseded', 'superseded']);
  });

  it('that was released goes behind later deliveries that changed nothing, too', async () => {
    const held = await deliver(HEADER + row(1, '500000.00', 'held'));
    expect(await deliver(rows(100, '1.00', 'day 7').concat(row(500)))).toMatchObject({
      rowsUnchanged: 100,
      rowsNew: 1,
    });
    await decide(held.deliveryId);
    expect(await take()).toMatchObject([{ rowsChanged: 0, reasons: { older_delivery: 1 } }]);
    expect(await query((tx) => tx`select 1 from seen_row`)).toEqual([]);
  });

  it('that was rejected stays out, and can be released as long as nothing came after it', async () => {
    const { deliveryId } = await deliver(rows(50, '1.00', 'half'));
    await decide(deliveryId, { decision: 'reject', code: 'source_error' });
    expect(await take()).toEqual([]);
    expect((await statuses()).at(-1)).toEqual({ status: 'rejected', version: 2, held: 50 });
    expect(await decide(deliveryId)).toMatchObject({ ok: true });
    await take();
    expect((await statuses()).at(-1)).toMatchObject({ status: 'accepted', held: 0 });
  });

  it('that was rejected is closed once another delivery came', async () => {
    const { deliveryId } = await deliver(rows(50, '1.00', 'half'));
    await decide(deliveryId, { decision: 'reject', code: 'source_error' });
    await deliver(rows(100, '1.00', 'day 9'));
    expect(await decide(deliveryId)).toEqual({ ok: false, refusal: { code: 'others_came' } });
  });
});

describe('a decision', () => {
  const held = async (): Promise<string> => {
    await usual();
    return (await deliver(rows(50, '1.00', 'half'))).deliveryId;
  };

  it('is taken once: whoever is slower is told who decided', async () => {
    const deliveryId = await held();
    const both = await Promise.all([
      decide(deliveryId, { personId: await personId('ana') }),
      decide(deliveryId, { decision: 'reject', code: 'wrong_file' }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'not_waiting' } });
  });

  it.each([
    [{ code: 'because' }, { code: 'reason_unknown' }],
    [{ code: 'other' }, { code: 'note_missing' }],
    [{ code: 'other', note: 'x'.repeat(2_001) }, { code: 'note_long' }],
    [{ deliveryId: '0190a0a0-0000-7000-8000-000000000000' }, { code: 'delivery_unknown' }],
  ])('of %j is refused, and nothing changes', async (more, refusal) => {
    const deliveryId = await held();
    expect(await decide(deliveryId, more)).toMatchObject({ ok: false, refusal });
    expect((await statuses()).at(-1)).toMatchObject({ status: 'held', version: 1 });
  });

  it('by command names on the trail who ran it', async () => {
    await decide(await held(), { by: 'deploy' });
    const [event] = await query(
      (tx) => tx<{ by: string }[]>`
        select body::jsonb #>> '{data,by}' as by from audit_event where action = 'delivery.released'`,
    );
    expect(event).toEqual({ by: 'deploy' });
  });

  it('belongs to the data owner', async () => {
    const deliveryId = await held();
    expect(await decide(deliveryId, { personId: await personId('bob') })).toEqual({
      ok: false,
      refusal: { code: 'may_not_decide' },
    });
    expect(await decide(deliveryId, { personId: await personId('ana') })).toMatchObject({ ok: true });
  });

  it('is not needed any more when the same bytes are read by a corrected contract', async () => {
    await held();
    await configure(
      { volume: undefined, value: undefined },
      { sha256: '2'.repeat(64), body: '{"feed":"orders","v":2}' },
    );
    expect(await deliver(rows(50, '1.00', 'half'))).toMatchObject({ status: 'accepted' });
    expect((await statuses()).slice(-2)).toEqual([
      { status: 'rejected', version: 2, held: 50 },
      { status: 'accepted', version: 1, held: 0 },
    ]);
  });
});

describe('a column that is gone', () => {
  const without = (column: number): string =>
    rows(20)
      .split('\n')
      .map((line) =>
        line
          .split(',')
          .filter((_cell, at) => at !== column)
          .join(','),
      )
      .join('\n');

  beforeEach(async () => {
    await deliver(rows(20));
  });

  it('holds the delivery, tells the data owner in the same transaction, and changes no record', async () => {
    const before = await place.records();
    expect(await deliver(without(4))).toMatchObject({
      status: 'held',
      rowsHeld: 20,
      findings: [{ kind: 'column_removed', column: 'memo', fields: ['memo'] }],
    });
    expect(await place.records()).toEqual(before);
    expect(await query((tx) => tx`select kind, address, payload from outbox`)).toEqual([
      {
        kind: 'notice',
        address: 'team:media_ops',
        payload: { intake: 'delivery', delivery_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      },
    ]);
  });

  it('that every record needs holds it as well, and cannot be let in until the contract is corrected', async () => {
    const report = await deliver(without(1));
    expect(report).toMatchObject({
      status: 'held',
      rowsRead: 0,
      findings: [{ kind: 'column_removed', column: 'amount' }],
    });
    await decide(report.deliveryId);
    expect(await take()).toMatchObject([
      { status: 'quarantined', problem: expect.stringContaining('"amount"') },
    ]);
    const fields = ORDERS.fields.map((field) =>
      field.name === 'amount' ? { ...field, from: undefined, always: '1.00' } : field,
    );
    await configure({}, { fields, sha256: '3'.repeat(64), body: '{"feed":"orders","v":3}' });
    await decide(report.deliveryId);
    expect(await take()).toMatchObject([{ status: 'accepted', rowsUnchanged: 20 }]);
  });

  it('is usual once somebody accepted it', async () => {
    const { deliveryId } = await deliver(without(4));
    await decide(deliveryId);
    expect(await take()).toMatchObject([{ status: 'accepted', rowsChanged: 20 }]);
    expect(await deliver(without(4).replace('A-1,', 'A-100,'))).toMatchObject({
      status: 'accepted',
      findings: [],
    });
  });

  it('is a mistake when no delivery ever had it', async () => {
    const fields = [
      ...ORDERS.fields,
      {
        name: 'po',
        from: 'po',
        always: undefined,
        cutAt: [],
        required: false,
        type: { kind: 'reference' },
      } as const,
    ];
    await configure({}, { fields, sha256: '4'.repeat(64), body: '{"feed":"orders","v":4}' });
    expect(await deliver(rows(21))).toMatchObject({
      status: 'quarantined',
      problem: expect.stringContaining('"po" missing'),
    });
  });

  it('has its rows quarantined where the feed waits for nobody, until a person wants it held', async () => {
    await configure({ breaking: 'quarantine' });
    const first = await deliver(without(4));
    expect(first).toMatchObject({
      status: 'quarantined',
      rowsQuarantined: 20,
      reasons: { column_removed: 20 },
    });
    expect((await place.records()).every(({ memo }) => memo === 'x')).toBe(true);
    const [raw] = await query<{ raw: string }>(
      (tx) => tx`select convert_from(raw, 'UTF8') as raw from quarantined_row order by line limit 1`,
    );
    expect(raw).toEqual({ raw: 'A-0,1.00,USD,2026-01-05' });
  });
});

describe('a column that is there, with values that nobody can read', () => {
  const half = HEADER + Array.from({ length: 20 }, (_, at) => row(at, at % 2 ? '2.00' : 'ten')).join('');

  beforeEach(async () => {
    await configure({ breaking: 'quarantine' });
    await deliver(rows(20));
  });

  it('has the rows quarantined that break the contract, each for its own reason, and the others taken', async () => {
    expect(await deliver(half)).toMatchObject({
      status: 'accepted',
      rowsChanged: 10,
      rowsQuarantined: 10,
      reasons: { amount_malformed: 10 },
    });
    expect((await place.records()).filter(({ amount }) => amount === '200')).toHaveLength(10);
  });

  it('is refused whole only when no row keeps the contract', async () => {
    expect(await deliver(rows(20, 'ten'))).toMatchObject({
      status: 'quarantined',
      reasons: { amount_malformed: 20 },
      problem: expect.stringContaining('none of the 20 rows keeps the contract (amount_malformed 20)'),
    });
  });
});

describe('a key of another kind', () => {
  it('keeps all rows out where the feed waits for nobody: their records would stand beside the known ones', async () => {
    await configure({ breaking: 'quarantine' });
    await deliver(rows(20));
    expect(await deliver(rows(20).replaceAll('A-', '9'))).toMatchObject({
      status: 'quarantined',
      reasons: { column_removed: 20 },
      problem: expect.stringContaining('of the key is of another kind'),
    });
    expect(await place.records()).toHaveLength(20);
  });
});

describe('a source that says what is gone', () => {
  it('takes records back and brings them again, each as a version', async () => {
    await configure({}, { removed: { column: 'memo', test: 'equals', text: 'deleted' } });
    await deliver(rows(3));
    expect(
      await deliver(`${HEADER}A-1,,,,deleted\nA-9,,,,deleted\nA-2,7.00,USD,2026-01-05,x\n`),
    ).toMatchObject({
      rowsRead: 3,
      rowsChanged: 2,
      rowsUnchanged: 1,
      recordsRemoved: 1,
    });
    const removed = () =>
      query(
        (tx) => tx`select source_ref as ref, version, is_removed as gone from record order by source_ref`,
      );
    expect(await removed()).toMatchObject([
      { gone: false },
      { ref: 'A-1', version: 2, gone: true },
      { version: 2, gone: false },
    ]);
    expect(await deliver(`${HEADER}A-1,,,,Deleted\n`)).toMatchObject({ rowsUnchanged: 1, recordsRemoved: 0 });
    expect(await deliver(HEADER + row(1))).toMatchObject({ rowsChanged: 1 });
    expect((await removed())[1]).toEqual({ ref: 'A-1', version: 3, gone: false });
    expect(
      await query(
        (tx) =>
          tx`select version, is_removed as gone from record_version where version = 2 order by is_removed`,
      ),
    ).toMatchObject([{ gone: true }]);
  });
});

describe('a released delivery that cannot be taken', () => {
  it('keeps no other feed waiting', async () => {
    const billing = { ...orders, feed: 'billing', sha256: `${orders.sha256.slice(0, -1)}0` };
    await applyConfig(
      place.sql,
      {
        organisation: organisation(name),
        feeds: new Map([orders, billing].map((contract) => [contract.feed, contract])),
        reconciliations: new Map(),
      },
      { now: new Date('2026-11-22T00:00:00Z') },
    );
    for (const contract of [orders, billing]) {
      for (let at = 0; at < 8; at += 1) await place.deliver(rows(100, '1.00', `day ${at}`), contract);
      const { deliveryId } = await place.deliver(rows(50, '1.00', 'half'), contract);
      await decide(deliveryId);
    }
    // Another process applied a newer configuration of the first feed.
    const outdated = { ...orders, sha256: `${orders.sha256.slice(0, -1)}f` };
    const feeds = new Map([outdated, billing].map((contract) => [contract.feed, contract]));

    await expect(takeReleased(place.sql, { workspaceId: place.workspaceId, feeds })).rejects.toThrow(
      'apply the configuration first',
    );

    const left = await query(
      (tx) => tx`
      select f.key from delivery d join feed f on f.feed_id = d.feed_id where d.status = 'released'`,
    );
    expect(left).toEqual([{ key: 'orders' }]);
  });
});
