import { afterAll, describe, expect, it } from 'vitest';
import { MOST_TOGETHER } from '../../../src/core/caps.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aSpec,
  exceptionsOf,
  invoice,
  order,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

/** So many invoices on one purchase order, in one statement. */
const putMany = ({ workspaceId, feeds }: SeededWorkspace, count: number, minor: bigint) =>
  inWorkspace(
    sql,
    workspaceId,
    (tx) => tx`
      insert into record (workspace_id, record_id, version, content_hash, revision, amount_minor, currency, occurred_on,
        client, order_ref, fields, delivery_id, line, feed_id, source_ref)
      select ${workspaceId}, gen_random_uuid(), 1, decode(md5(n::text), 'hex'), '', ${minor}, 'USD', '2026-10-01',
        'Acme', '1', '{"po": "1", "client": "Acme"}', ${feeds.actual}, 1, ${feeds.actual}, 'X-' || n
      from generate_series(1, ${count}::integer) as n`,
  );

describe('a key with far too much behind it', () => {
  it.each([
    ['an exact pass', undefined],
    ['a windowed pass', { from: 0, to: 10 }],
  ])('is left alone by %s, and the run says so', async (_what, window) => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(sql, workspace, [order('1', 500n), order('2', 7n), invoice('2', 7n)]);
    await putMany(workspace, MOST_TOGETHER, 1n);
    const pass = {
      kind: 'exact',
      name: 'po',
      expected: ['po'],
      actual: ['po'],
      cardinality: 'one-to-many',
      window,
    } as const;

    const report = await runLedger(sql, workspace, { spec: aSpec({ find: [pass] }) });

    expect(report.live.matches.equal).toBe(1);
    expect(report.unraised).toBe(MOST_TOGETHER + 1);
    expect(report.capped).toEqual([{ pass: 'po', keys: 1, records: MOST_TOGETHER + 1 }]);
  });

  it('is no group when its sum is beyond what an amount can be', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(sql, workspace, [order('1', 500n)]);
    await putMany(workspace, 1_000, 10n ** 16n);

    const report = await runLedger(sql, workspace, { spec: aSpec() });

    expect(report.capped).toEqual([{ pass: 'po-lines', keys: 1, records: 1_001 }]);
    expect(await exceptionsOf(sql, workspace)).toEqual([]);
  });

  it('is no set of duplicates, and the run says so', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putMany(workspace, MOST_TOGETHER + 1, 1n);
    const rule = {
      side: 'actual',
      same: ['po'],
      raise: 'duplicate_invoice',
      severity: 'manual_review',
    } as const;

    const report = await runLedger(sql, workspace, { spec: aSpec({ duplicates: [rule] }) });

    expect(report.capped).toEqual([{ pass: 'duplicate_invoice', keys: 1, records: MOST_TOGETHER + 1 }]);
    expect(report.unraised).toBe(MOST_TOGETHER + 1);
    expect(await exceptionsOf(sql, workspace)).toEqual([]);
  });
});

describe('a key with a million pairs behind it', () => {
  it('is taken apart by a windowed pass, day by day', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    const days = Array.from({ length: 1_000 }, (_, day) =>
      new Date(Date.UTC(2020, 0, 1 + 2 * day)).toISOString().slice(0, 10),
    );
    await putRecords(
      sql,
      workspace,
      days.flatMap((on, day) => [
        order('1', 5n, { ref: `O-${day}`, on }),
        invoice('1', 5n, { ref: `X-${day}`, on }),
      ]),
    );
    const pass = {
      kind: 'exact',
      name: 'po',
      expected: ['po'],
      actual: ['po'],
      cardinality: 'one-to-one',
      window: { from: 0, to: 1 },
    } as const;

    const report = await runLedger(sql, workspace, { spec: aSpec({ find: [pass] }) });

    expect(report.live.matches.equal).toBe(days.length);
    expect(report.capped).toEqual([]);
  });
});
