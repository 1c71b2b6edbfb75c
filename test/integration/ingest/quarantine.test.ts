import { Readable } from 'node:stream';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '../../../src/db/tx.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { decideDelivery } from '../../../src/pipeline/ingest/decide.ts';
import { ingestFile } from '../../../src/pipeline/ingest/ingest-file.ts';
import { replayQuarantine } from '../../../src/pipeline/ingest/replay.ts';
import { listQuarantine } from '../../../src/pipeline/report/quarantine.sql.ts';
import { quarantineCounts } from '../../../src/pipeline/report/quarantine-counts.sql.ts';
import { testDatabase } from '../../support/database.ts';
import { LINES, ORDERS, organisation, REVISED, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
const HEADER = 'order_id,amount,currency,order_date,memo\n';
const row = (id: string, amount: string, memo = ''): string => `${id},${amount},USD,2026-01-05,${memo}\n`;

let place: Workspace;
let count = 0;
const opened: Workspace[] = [];
beforeEach(async () => {
  count += 1;
  place = await workspace(database, `quarantine ${count}`);
  opened.push(place);
});
afterAll(async () => {
  await Promise.all(opened.map(({ sql }) => sql.end()));
});

type Contract = typeof ORDERS;

/** The contract as somebody corrected it: amounts may have a thousands separator, and references are at most so long as ever. */
const corrected = (contract: Contract, change: Partial<Contract> = {}): Contract => ({
  ...contract,
  fields: contract.fields.map((field) =>
    field.type.kind === 'money'
      ? { ...field, type: { ...field.type, format: { ...field.type.format, group: ',' } } }
      : field,
  ),
  ...change,
  sha256: '2'.repeat(64),
});

async function applied(contract: Contract): Promise<Contract> {
  const others = [ORDERS, REVISED, LINES].filter(({ feed }) => feed !== contract.feed);
  await applyConfig(
    place.sql,
    {
      organisation: organisation(`quarantine ${count}`),
      feeds: new Map([...others, contract].map((each) => [each.feed, each])),
      reconciliations: new Map(),
    },
    { now: new Date('2026-11-23T00:00:00Z') },
  );
  return contract;
}

const replay = (contract: Contract) =>
  replayQuarantine(place.sql, { workspaceId: place.workspaceId, contract });

const listed = (isAll = false) =>
  inWorkspace(place.sql, place.workspaceId, async (tx) =>
    (await listQuarantine(tx, place.workspaceId, { feed: undefined, limit: 100, isAll })).map(
      ({ line, reason, settled }) => ({ line, reason, settled }),
    ),
  );

const counted = () =>
  inWorkspace(place.sql, place.workspaceId, (tx) => quarantineCounts(tx, place.workspaceId, undefined));

const trail = () =>
  inWorkspace(
    place.sql,
    place.workspaceId,
    async (tx) =>
      await tx`
        select body::jsonb ->> 'action' as action from audit_event
        where body::jsonb ->> 'action' = 'delivery.replayed'`,
  );

describe('a quarantined row', () => {
  it('is off the list once it is delivered whole', async () => {
    await place.deliver(`${HEADER}${row('A', 'x')}${row('B', '1.00')}`);
    expect(await listed()).toEqual([{ line: 2, reason: 'amount_malformed', settled: null }]);
    await place.deliver(`${HEADER}${row('A', '5.00')}`);
    expect(await listed()).toEqual([]);
    expect(await counted()).toEqual([]);
    expect(await listed(true)).toEqual([{ line: 2, reason: 'amount_malformed', settled: 'redelivered' }]);
  });

  it('is a record once its contract is corrected and it is read again, and only once', async () => {
    await place.deliver(
      `${HEADER}${row('A', '"1,234.50"', '"two\nlines"')}${row('B', '1.00')}${row('C', 'x')}`,
    );
    const contract = await applied(corrected(ORDERS));
    expect(await replay(contract)).toMatchObject([
      { rowsRead: 2, rowsNew: 1, rowsQuarantined: 1, reasons: { amount_malformed: 1 } },
    ]);
    expect(await place.records()).toMatchObject([
      { sourceRef: 'A', version: 1, amount: '123450', memo: 'two\nlines' },
      { sourceRef: 'B', version: 1 },
    ]);
    expect(await listed()).toEqual([{ line: 5, reason: 'amount_malformed', settled: null }]);
    expect(await replay(contract)).toMatchObject([{ rowsRead: 1, rowsNew: 0, rowsQuarantined: 1 }]);
    expect(await place.records()).toHaveLength(2);
    expect(await trail()).toHaveLength(1);
  });

  it('is read again from JSON lines too', async () => {
    const line = (id: string, amount: string): string =>
      `${JSON.stringify({ order_id: id, amount, currency: 'USD', order_date: '2026-01-05' })}\n`;
    await place.deliver(`${line('A', '1,234.50')}${line('B', '1.00')}`, LINES);
    const contract = await applied(corrected(LINES));
    expect(await replay(contract)).toMatchObject([{ rowsRead: 1, rowsNew: 1, rowsQuarantined: 0 }]);
    expect(await place.records(LINES)).toMatchObject([{ amount: '123450' }, { amount: '100' }]);
    expect(await replay(contract)).toEqual([]);
  });

  it('does not win over what was delivered later, or stood below it', async () => {
    await place.deliver(`${HEADER}${row('A', '"1,000.00"')}${row('B', '"2,000.00"')}${row('B', '2.00')}`);
    await place.deliver(`${HEADER}${row('A', '"3,000.00"')}${row('C', '1.00')}`);
    await place.deliver(`${HEADER}${row('A', '4.00')}`);
    expect(await listed()).toEqual([]);
    const contract = await applied(corrected(ORDERS));
    expect(await replay(contract)).toEqual([]);
    expect(await place.records()).toMatchObject([
      { sourceRef: 'A', amount: '400', version: 1 },
      { sourceRef: 'B', amount: '200', version: 1 },
      { sourceRef: 'C' },
    ]);
  });

  it('takes its turn among others of its key', async () => {
    await place.deliver(`${HEADER}${row('A', '1.00')}${row('B', '1.00')}`);
    await place.deliver(`${HEADER}${row('A', '"2,000.00"')}${row('C', '1.00')}`);
    await place.deliver(`${HEADER}${row('A', '"3,000.00"')}${row('D', '1.00')}`);
    const contract = await applied(corrected(ORDERS));
    expect(await replay(contract)).toMatchObject([{ rowsChanged: 1 }, { rowsChanged: 1 }]);
    expect(await place.records()).toMatchObject([
      { sourceRef: 'A', amount: '300000', version: 3 },
      {},
      {},
      {},
    ]);
  });

  it('with a revision stands whenever it is read', async () => {
    const revised = (amount: string, revision: number) => `A,${amount},USD,2026-01-05,,${revision}\n`;
    const header = 'order_id,amount,currency,order_date,memo,revision\n';
    await place.deliver(`${header}${revised('"2,000.00"', 2)}B,1.00,USD,2026-01-05,,1\n`, REVISED);
    await place.deliver(`${header}${revised('1.00', 1)}`, REVISED);
    const contract = await applied(corrected(REVISED));
    expect(await replay(contract)).toMatchObject([{ rowsChanged: 1 }]);
    expect(await place.records(REVISED)).toMatchObject([{ sourceRef: 'A', amount: '200000' }, {}]);
  });

  it('whose key could not be read changes no record that is there', async () => {
    const nameless = { ...ORDERS, sha256: '2'.repeat(64), key: ['memo'] };
    await applied({ ...nameless, fields: ORDERS.fields.map((field) => ({ ...field, required: true })) });
    await place.deliver(`${HEADER}${row('A', '1.00', 'one')}`, nameless);
    await place.deliver(`${HEADER}${row('A', '2.00')}${row('B', '2.00', 'two')}`, nameless);
    const byOrder = await applied({ ...ORDERS, key: ['order_id'], sha256: '3'.repeat(64) });
    await place.deliver(`${HEADER}${row('A', '3.00')}`, byOrder);
    await place.deliver(`${HEADER}${row('A', '2.50', 'later')}`, byOrder);
    await replay(byOrder);
    expect(await place.records()).toMatchObject([
      { sourceRef: 'A', amount: '250' },
      { sourceRef: 'one' },
      { sourceRef: 'two' },
    ]);
  });

  it('is off the list when the contract leaves it out by now', async () => {
    await place.deliver(`${HEADER}${row('A', 'x', 'test')}${row('B', '1.00')}`);
    const where = [{ column: 'memo', test: 'differs' as const, text: 'test' }];
    const contract = await applied(corrected(ORDERS, { where }));
    expect(await replay(contract)).toMatchObject([{ rowsRead: 1, rowsSkipped: 1, rowsNew: 0 }]);
    expect(await listed()).toEqual([]);
  });

  it('stays where the corrected contract wants a column that its file never had', async () => {
    await place.deliver(`${HEADER}${row('A', 'x')}${row('B', '1.00')}`);
    const [first, ...others] = ORDERS.fields;
    const contract = await applied(
      corrected(ORDERS, {
        fields: [{ ...(first as (typeof ORDERS.fields)[number]), from: 'number' }, ...others],
      }),
    );
    const [report] = await replay(contract);
    expect(report).toMatchObject({ rowsRead: 0, rowsNew: 0 });
    expect(report?.problem).toContain('"number"');
    expect(await listed()).toHaveLength(1);
  });
});

describe('the same file', () => {
  it('read by a corrected contract settles what the first reading kept out', async () => {
    const file = `${HEADER}${row('A', '"1,234.50"')}${row('', '1.00')}${row('B', '1.00')}`;
    await place.deliver(file);
    expect(await listed()).toHaveLength(2);
    const contract = await applied(corrected(ORDERS));
    await place.deliver(file, contract);
    expect(await listed()).toMatchObject([{ line: 3, reason: 'required_missing' }]);
  });

  it('that was half settles its notice once it is delivered whole', async () => {
    await place.deliver(`${HEADER}${row('A', '1.00')}B,2.0`);
    expect(await listed()).toMatchObject([{ line: 0, reason: 'file_truncated' }]);
    await place.deliver(`${HEADER}${row('A', '1.00')}${row('B', '2.00')}`);
    expect(await listed()).toEqual([]);
  });
});

describe('what comes on standard input', () => {
  const pipe = (text: string) =>
    ingestFile(place.sql, {
      workspaceId: place.workspaceId,
      contract: ORDERS,
      from: { stream: Readable.from([Buffer.from(text)]) },
    });
  const decide = (deliveryId: string) =>
    inWorkspace(place.sql, place.workspaceId, (tx) =>
      decideDelivery(tx, {
        workspaceId: place.workspaceId,
        deliveryId,
        decision: 'reject',
        code: 'incomplete',
        note: undefined,
        personId: undefined,
      }),
    );

  it('and was refused whole stays on the list when something else comes the same way', async () => {
    await pipe(`${HEADER}${row('A', '1.00')}B,2.0`);
    await pipe(`${HEADER}${row('C', '1.00')}`);
    expect(await listed()).toMatchObject([{ line: 0, reason: 'file_truncated', settled: null }]);
  });

  it('and was refused is off the list once somebody rejects it, and stays out when it comes again', async () => {
    const cut = `${HEADER}${row('A', '1.00')}B,2.0`;
    const { deliveryId } = await pipe(cut);
    expect(await decide(deliveryId)).toMatchObject({ ok: true, value: { status: 'rejected' } });
    expect(await listed()).toEqual([]);
    expect(await counted()).toEqual([]);
    expect(await listed(true)).toMatchObject([{ line: 0, settled: 'rejected' }]);
    expect(await pipe(cut)).toMatchObject({ earlier: { status: 'rejected', reasonCode: 'incomplete' } });
  });
});
