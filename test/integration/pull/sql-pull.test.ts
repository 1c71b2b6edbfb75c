import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { testDatabase } from '../../support/database.ts';
import { feedFrom } from '../../support/feeds.ts';
import { pulling } from './setup.ts';

const database = await testDatabase();
const admin = connect({ url: database.adminUrl, role: 'admin' });
afterAll(() => admin.end());

const feed = (query: string, since = '') =>
  feedFrom(`
feed: landed
source: warehouse
format: jsonl
zone: UTC
key: [id]
amount: amount
date: on
fields:
  id: { type: reference, from: id }
  amount: { type: money, from: amount, currency: USD }
  on: { type: date, from: on, format: YYYY-MM-DD }
pull:
  postgres:
    url: "\${WAREHOUSE}"
    query: ${JSON.stringify(query)}
${since}`);

const BY_TIME = 'select id, amount, "on", synced from public.landed where synced > {since};';
const WATERMARK = '    since: { column: synced, holds: instant, start: "2000-01-01", look_back: 1h }';

beforeEach(async () => {
  await admin`drop table if exists public.landed`;
  await admin`create table public.landed (id text, amount numeric, "on" date, synced timestamptz)`;
  await admin`
    insert into public.landed
    select 'r' || lpad(n::text, 5, '0'), n + 0.25, date '2026-01-01' + n % 300, timestamptz '2026-11-01 00:00:00.000123Z' + n * interval '1 second'
    from generate_series(1, 5000) n`;
});

const env = { WAREHOUSE: database.adminUrl };
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'pulled',
    (error: { code?: string }) => error.code,
  );

describe('a table that was landed', () => {
  it('is read to the end, and later from where it was', async () => {
    const declared = feed(BY_TIME, WATERMARK);
    const { pull, records, state } = await pulling(database, declared);
    expect((await pull(declared.pull, { env })).deliveries).toMatchObject([
      { rowsNew: 5000, rowsQuarantined: 0 },
    ]);
    expect((await records())[0]).toEqual({ ref: 'r00001', version: 1, amount: '125' });
    expect((await state())?.cursor).toBe('2026-11-01T01:23:20.000123+00:00');

    await admin`update public.landed set amount = 7, synced = '2026-11-02Z' where id = 'r00001'`;
    const report = await pull(declared.pull, { env });
    expect(report.deliveries).toMatchObject([{ rowsChanged: 1 }]);
    expect(report.records).toBeLessThan(4000);
    expect((await records())[0]).toMatchObject({ version: 2, amount: '700' });
  });

  it('is read by a growing number too, each row once', async () => {
    const declared = feed(
      'select id, amount, "on", substr(id, 2)::bigint as n from public.landed where substr(id, 2)::bigint > {since}',
      '    since: { column: n, holds: number, start: "4990" }',
    );
    const { pull, state } = await pulling(database, declared);
    expect((await pull(declared.pull, { env })).deliveries).toMatchObject([{ rowsNew: 10 }]);
    expect((await state())?.cursor).toBe('5000');
    expect((await pull(declared.pull, { env })).deliveries).toEqual([]);
  });

  it('goes on although a row has no time but infinity', async () => {
    await admin`update public.landed set synced = 'infinity' where id = 'r00001'`;
    const declared = feed(BY_TIME.replace(';', ' order by synced desc'), WATERMARK);
    const { pull, state, records } = await pulling(database, declared);
    expect((await pull(declared.pull, { env })).deliveries).toMatchObject([{ rowsNew: 5000 }]);
    expect((await state())?.cursor).toBe('2026-11-01T01:23:20.000123+00:00');

    await admin`update public.landed set amount = 7, synced = '2026-11-02Z' where id = 'r00002'`;
    await pull(declared.pull, { env });
    expect((await records())[1]).toMatchObject({ version: 2, amount: '700' });
  });

  it('is refused when the query does not say how far it went', async () => {
    const declared = feed(BY_TIME.replace(', synced from', ' from'), WATERMARK);
    const { pull, records } = await pulling(database, declared);
    expect(await codeOf(pull(declared.pull, { env }))).toBe('watermark_missing');
    expect(await records()).toEqual([]);
  });

  it.each([
    ['update public.landed set amount = 0 returning *', 'source_refuses'],
    ['select 1; delete from public.landed', 'source_refuses'],
    ['select 1) as x; delete from public.landed; select * from (select 1', 'source_refuses'],
    ["select setval('public.counted', 1)", 'source_failed'],
    ['select * from public.not_there', 'source_failed'],
  ])('is not changed by %s', async (query, code) => {
    await admin`create sequence if not exists public.counted`;
    const declared = feed(query);
    const { pull } = await pulling(database, declared);
    expect([code, 'source_refuses', 'source_failed']).toContain(await codeOf(pull(declared.pull, { env })));
    const [{ count } = { count: 0n }] = await admin<
      { count: bigint }[]
    >`select count(*) from public.landed where amount > 0`;
    expect(count).toBe(5000n);
  });

  it('in a database that is not there, says so without the password', async () => {
    const declared = feed(BY_TIME, WATERMARK);
    const { pull } = await pulling(database, declared);
    const error = await pull(declared.pull, {
      env: { WAREHOUSE: 'postgres://reader:sesame@127.0.0.1:1/none' },
    }).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'source_failed' });
    expect(String((error as Error).message)).not.toContain('sesame');
  });
});
