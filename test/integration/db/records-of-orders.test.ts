import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { asAdmin } from '../../../src/db/databases.ts';
import { recordsOfOrders } from '../../../src/db/records-of-orders.sql.ts';
import { inWorkspace, type Tx } from '../../../src/db/tx.ts';
import { testDatabase } from '../../support/database.ts';
import { type SeededWorkspace, seedWorkspace } from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'api' });
const EACH = 5_000;

/** Orders whose key is their reference, invoices that name an order, and some that name none. */
async function putDocuments({ workspaceId, feeds }: SeededWorkspace): Promise<void> {
  const put = (tx: Tx, feed: string, key: string, order: string | null) => tx`
    insert into record (workspace_id, record_id, version, content_hash, revision, occurred_on, fields, delivery_id, line,
      feed_id, source_ref, order_ref)
    select ${workspaceId}, gen_random_uuid(), 1, '\\x00', '', '2026-10-01', '{}', ${feed}, n, ${feed}, ${key}::text || n,
           ${order}::text || n
    from generate_series(1, ${EACH}::integer) as n`;
  await inWorkspace(sql, workspaceId, async (tx) => {
    await put(tx, feeds.expected, 'O-', 'O-');
    await put(tx, feeds.actual, 'I-', 'O-');
    await put(tx, feeds.merges, 'O-', null);
  });
}

describe('the records of an order', () => {
  let own: SeededWorkspace;
  beforeAll(async () => {
    own = await seedWorkspace(sql, []);
    await putDocuments(own);
    await putDocuments(await seedWorkspace(sql, []));
    await asAdmin(database.adminUrl, (admin) => admin`analyze tieout.record`);
  });
  afterAll(() => sql.end());

  const ask = (orders: readonly string[]) =>
    inWorkspace(sql, own.workspaceId, async (tx) => [
      ...(await tx<{ ref: string; feed: string }[]>`
        select r.source_ref as ref, r.feed_id as feed from ${recordsOfOrders(tx, { workspaceId: own.workspaceId, orders })} r
        order by 1`),
    ]);

  it('are those whose key it is, and those that name it', async () => {
    expect(await ask(['O-77', 'o-77'])).toEqual([
      { ref: 'I-77', feed: own.feeds.actual },
      { ref: 'O-77', feed: own.feeds.expected },
    ]);
  });

  it('are none of a document that only has its reference as the key', async () => {
    expect(await ask(['I-77'])).toEqual([]);
  });

  it('are found by indexes', async () => {
    const plan = await inWorkspace(sql, own.workspaceId, async (tx) => [
      ...(await tx<{ 'QUERY PLAN': string }[]>`
        explain select r.record_id
        from ${recordsOfOrders(tx, { workspaceId: own.workspaceId, orders: ['O-77', 'o-77'] })} r`),
    ]);
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toContain('record_order_ref_idx');
    expect(text).toContain('record_source_ref_unique');
    expect(text).not.toContain('Seq Scan on record');
  });
});
