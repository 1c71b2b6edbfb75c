import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../../src/core/intake/policy.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { ingestFile } from '../../../src/pipeline/ingest/ingest-file.ts';
import { readDeliveries } from '../../../src/pipeline/report/delivery-facts.sql.ts';
import { readKeptOut } from '../../../src/pipeline/report/kept-out.sql.ts';
import { renderDelivery } from '../../../src/slack/views/intake.ts';
import { readerOf } from '../../../src/slack/views/reader.ts';
import { testDatabase } from '../../support/database.ts';
import { ORDERS, organisation, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
const HEADER = 'order_id,amount,currency,order_date,memo\n';
const row = (id: string | number, amount = '1.00', memo = 'x'): string =>
  `A-${id},${amount},USD,2026-01-05,${memo}\n`;
/** So many rows that cannot be read, before the good ones. */
const file = (bad: number, of: number): string =>
  HEADER + Array.from({ length: of }, (_, at) => row(at, at < bad ? 'ten' : '1.00')).join('');

const OWNED = {
  ...ORDERS,
  intake: { ...DEFAULT_POLICY, owner: { kind: 'team', key: 'media_ops' } as const },
};

let place: Workspace;
let name = '';
let count = 0;
const opened: Workspace[] = [];
const configure = (orders: typeof ORDERS) =>
  applyConfig(
    place.sql,
    {
      organisation: {
        ...organisation(name),
        teams: [{ key: 'media_ops', name: 'Media Ops', channel: '#media-ops', members: [], lead: undefined }],
      },
      feeds: new Map([[orders.feed, orders]]),
      reconciliations: new Map(),
    },
    { now: new Date('2026-11-22T00:00:00Z') },
  );
beforeEach(async () => {
  count += 1;
  name = `told ${count}`;
  place = await workspace(database, name);
  opened.push(place);
  await configure(OWNED);
});
afterAll(async () => {
  await Promise.all(opened.map(({ sql }) => sql.end()));
});

const deliver = (bytes: string | Buffer, contract: typeof ORDERS = OWNED) => place.deliver(bytes, contract);
/** What the data owner is told, delivery by delivery. */
const told = (): Promise<readonly string[]> =>
  inWorkspace(place.sql, place.workspaceId, async (tx) => {
    const { workspaceId } = place;
    const wanted = await tx<{ deliveryId: string }[]>`
      select payload ->> 'delivery_id' as "deliveryId" from outbox where address = 'team:media_ops' order by outbox_id`;
    const texts: string[] = [];
    for (const { deliveryId } of wanted) {
      const [facts] = await readDeliveries(tx, { workspaceId, deliveryId, limit: 1 });
      const keptOut = await readKeptOut(tx, { workspaceId, deliveryId });
      if (facts) texts.push(renderDelivery(facts, readerOf('en'), keptOut).text);
    }
    return texts;
  });

describe('the data owner', () => {
  it.each([
    ['a damaged gzip', gzipSync(file(0, 20)).subarray(0, 60)],
    ['another encoding', Buffer.from(`${HEADER}${row(1, '1.00', 'caf\u00e9')}`, 'latin1')],
    ['a workbook', Buffer.from('PK\u0003\u0004 and what a workbook has')],
    ['a row too long', `${HEADER}${row(1, '1.00', 'x'.repeat(3_000_000))}`],
  ])('is told of a file that is refused whole, such as %s, once', async (_what, bytes) => {
    const { status, problem } = await deliver(bytes);
    expect(status).toBe('quarantined');
    await deliver(bytes);
    const [text, ...others] = await told();
    expect(others).toEqual([]);
    expect(text).toContain('orders: a delivery was kept out');
    expect(text).toContain(problem?.slice(0, 30));
  });

  it('is told how many rows were kept out, why, which is the first, and what to do', async () => {
    await deliver(file(14, 16));
    await deliver(file(14, 16));
    const [text, ...others] = await told();
    expect(others).toEqual([]);
    expect(text).toContain('orders: rows of a delivery were kept out');
    expect(text).toContain('14 of 16 rows were kept out (amount_malformed 14).');
    expect(text).toContain('The first is line 2: ');
    expect(text).toContain('tieout quarantine replay');
  });

  it('is told of the same bytes again only when another contract keeps more of them out', async () => {
    await deliver(file(1, 16));
    const next = { ...OWNED, sha256: '2'.repeat(64), body: '{"feed":"orders","v":2}' };
    await configure(next);
    expect(await deliver(file(1, 16), next)).toMatchObject({ status: 'accepted', rowsQuarantined: 1 });
    expect(await told()).toHaveLength(1);
    const strict = {
      ...next,
      fields: next.fields.map((field) => (field.name === 'memo' ? { ...field, required: true } : field)),
      sha256: '3'.repeat(64),
      body: '{"feed":"orders","v":3}',
    };
    const blank = file(1, 16).replace(row(9), row(9, '1.00', ''));
    await deliver(blank, next);
    await configure(strict);
    expect(await deliver(blank, strict)).toMatchObject({ rowsQuarantined: 2 });
    expect(await told()).toHaveLength(3);
  });

  it('is not told of rows that only lose to another one', async () => {
    expect(await deliver(HEADER + row(1) + row(1, '2.00') + row(2))).toMatchObject({
      status: 'accepted',
      reasons: { duplicate_key: 1 },
    });
    expect(await told()).toEqual([]);
    await deliver(HEADER + row(1, '3.00') + row(1, '2.00') + row(2, 'ten'));
    expect(await told()).toEqual([
      expect.stringContaining('1 of 3 rows were kept out (amount_malformed 1).'),
    ]);
  });

  it('is told of pushes that cannot be read once an hour', async () => {
    for (const id of [1, 2, 3])
      await ingestFile(place.sql, {
        workspaceId: place.workspaceId,
        contract: OWNED,
        from: { stream: Readable.from([Buffer.from(HEADER + row(id, 'ten') + row(id + 10))]) },
        name: '2 pushed',
        extent: 'pushed',
      });
    expect(await told()).toEqual([expect.stringContaining('1 of 2 rows were kept out')]);
  });
});
