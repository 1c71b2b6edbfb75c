import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { replayQuarantine } from '../../../src/pipeline/ingest/replay.ts';
import { testDatabase } from '../../support/database.ts';
import { ORDERS, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
let place: Workspace;
let count = 0;
const opened: Workspace[] = [];
beforeEach(async () => {
  count += 1;
  place = await workspace(database, `protocols ${count}`);
  opened.push(place);
});
afterAll(async () => {
  await Promise.all(opened.map(({ sql }) => sql.end()));
});

const order = (id: string) => ({ order_id: id, amount: '1.00', currency: 'USD', order_date: '2026-01-05' });
const lines = (...messages: (object | string)[]): string =>
  messages.map((message) => `${typeof message === 'string' ? message : JSON.stringify(message)}\n`).join('');

describe('messages of Airbyte', () => {
  const AIRBYTE = { ...ORDERS, format: 'airbyte' } as const;
  const record = (id: string, stream = 'orders') => ({
    type: 'RECORD',
    record: { stream, namespace: 'crm', data: order(id), emitted_at: 1_767_657_600_000 },
  });
  const state = (recordCount: number | undefined, name = 'orders') => ({
    type: 'STATE',
    state: {
      type: 'STREAM',
      stream: { stream_descriptor: { name, namespace: 'crm' }, stream_state: { cursor: '2026-01-05' } },
      ...(recordCount === undefined ? {} : { sourceStats: { recordCount } }),
    },
  });
  const deliver = (...messages: (object | string)[]) => place.deliver(lines(...messages), AIRBYTE);

  it('of a stream that only the delivery names are replayed as such', async () => {
    const contract = { ...AIRBYTE, stream: 'invoices' };
    const broken = { ...record('A-2', 'invoices'), type: 'RECORD' };
    broken.record.data.amount = 'x';
    await place.deliver(lines(record('A-1', 'invoices'), broken), contract);
    const { sql, workspaceId } = place;
    const [replayed] = await replayQuarantine(sql, { workspaceId, contract: ORDERS });
    expect(replayed).toMatchObject({ rowsRead: 1, rowsSkipped: 0, reasons: { amount_malformed: 1 } });
  });

  it('become records when every count adds up, and nothing is noted', async () => {
    const report = await deliver(record('A-1'), record('A-2'), state(2.0), record('A-3'), state(1), state(0));
    expect(report).toMatchObject({ status: 'accepted', rowsRead: 3, rowsNew: 3, warnings: [] });
  });

  it.each([
    [3, 'says that it sent 3 records of orders since its last state, and 2 came'],
    [1, 'says that it sent 1 records of orders since its last state, and 2 came'],
  ])('are refused whole when a count of %i does not add up', async (sent, words) => {
    const report = await deliver(record('A-1'), record('A-2'), state(sent));
    expect(report).toMatchObject({
      status: 'quarantined',
      rowsNew: 0,
      problem: expect.stringContaining(words),
    });
    expect(report.problem).toContain('line 3');
    expect(await place.records()).toEqual([]);
  });

  it('are refused whole when records follow the last count', async () => {
    const report = await deliver(record('A-1'), state(1), record('A-2'));
    expect(report).toMatchObject({
      status: 'quarantined',
      problem: expect.stringContaining('came after the last state'),
    });
  });

  it('are counted over all streams by a state of all', async () => {
    const global = (recordCount: number) => ({
      type: 'STATE',
      state: { type: 'GLOBAL', global: {}, sourceStats: { recordCount } },
    });
    expect(await deliver(record('A-1'), record('X', 'users'), global(2))).toMatchObject({
      status: 'accepted',
    });
    expect(await deliver(record('A-2'), record('X', 'users'), global(1))).toMatchObject({
      status: 'quarantined',
    });
  });

  it('without counts are taken, and the report says that nobody can check them', async () => {
    expect(await deliver(record('A-1'), state(undefined))).toMatchObject({
      rowsNew: 1,
      warnings: [expect.stringContaining('could not be checked')],
    });
  });

  it('of other streams are counted and told, with what is printed beside them', async () => {
    const report = await deliver(
      'starting up',
      record('A-1'),
      record('u', 'users'),
      record('v', 'users'),
      state(2, 'users'),
      state(1),
    );
    expect(report).toMatchObject({ rowsRead: 3, rowsNew: 1, rowsSkipped: 2 });
    expect(report.warnings).toEqual([
      'records of other streams were passed over: crm.users (2)',
      '1 lines are no messages and were passed over, the first: line 1: starting up',
    ]);
  });

  it('of other streams alone are refused, with the streams there are', async () => {
    expect(await deliver(record('u', 'users'))).toMatchObject({
      status: 'quarantined',
      problem: expect.stringContaining('no record of the stream "orders", but records of crm.users (1)'),
    });
  });

  it.each([
    [{ type: 'TRACE', trace: { type: 'ERROR', error: { message: 'token expired' } } }, 'token expired'],
    [
      {
        type: 'TRACE',
        trace: {
          type: 'STREAM_STATUS',
          stream_status: { stream_descriptor: { name: 'orders' }, status: 'INCOMPLETE' },
        },
      },
      'incomplete',
    ],
  ])('are refused whole when the source says that it failed', async (trace, words) => {
    const report = await deliver(record('A-1'), state(1), trace);
    expect(report).toMatchObject({ status: 'quarantined', problem: expect.stringContaining(words) });
  });

  it('of a log are surfaced when they are errors', async () => {
    const log = (level: string, message: string) => ({ type: 'LOG', log: { level, message } });
    const report = await deliver(
      log('INFO', 'hello'),
      record('A-1'),
      log('ERROR', 'page 3 failed, retrying'),
      state(1),
    );
    expect(report.warnings).toEqual(['the source logged an error: page 3 failed, retrying']);
  });

  it('that are cut are refused whole, and a broken one alone is quarantined', async () => {
    const whole = lines(record('A-1'), record('A-2'));
    expect(await place.deliver(whole.slice(0, -20), AIRBYTE)).toMatchObject({
      status: 'quarantined',
      rowsNew: 0,
    });
    expect(
      await deliver(record('A-1'), '{"type":"RECORD",', { type: 'RECORD', record: { stream: 'orders' } }),
    ).toMatchObject({
      rowsNew: 1,
      reasons: { not_json: 1, not_an_object: 1 },
    });
  });

  it('name the stream by its namespace too', async () => {
    const report = await place.deliver(lines(record('A-1'), state(1)), { ...AIRBYTE, stream: 'crm.orders' });
    expect(report).toMatchObject({ status: 'accepted', rowsNew: 1 });
  });
});

describe('messages of Singer', () => {
  const SINGER = { ...ORDERS, format: 'singer' } as const;
  const record = (id: string, stream = 'orders') => ({ type: 'RECORD', stream, record: order(id) });
  const deliver = (...messages: object[]) => place.deliver(lines(...messages), SINGER);

  it('become records; schemas and states are no rows', async () => {
    const schema = {
      type: 'SCHEMA',
      stream: 'orders',
      key_properties: ['order_id'],
      schema: { properties: {} },
    };
    const report = await deliver(schema, record('A-1'), record('u', 'users'), {
      type: 'STATE',
      value: { x: 1 },
    });
    expect(report).toMatchObject({ rowsRead: 2, rowsNew: 1, rowsSkipped: 1 });
    expect(report.warnings).toEqual(['records of other streams were passed over: users (1)']);
  });

  it('that point at files are refused, with what to change', async () => {
    const report = await deliver(record('A-1'), { type: 'BATCH', stream: 'orders', manifest: [] });
    expect(report).toMatchObject({
      status: 'quarantined',
      problem: expect.stringContaining('turn batching off'),
    });
  });
});
