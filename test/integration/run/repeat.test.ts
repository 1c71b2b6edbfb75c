import { afterAll, describe, expect, it } from 'vitest';
import { connect, type Sql } from '../../../src/db/client.ts';
import { inWorkspace, type Tx } from '../../../src/db/tx.ts';
import { testDatabase } from '../../support/database.ts';
import {
  exceptionsOf,
  invoice,
  type LedgerRow,
  order,
  putRecords,
  rowCounts,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
  trailOf,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const seed = () => seedWorkspace(sql, ['orders-vs-invoices']);

/** One equal pair, one within tolerance, one beyond, one order and one invoice alone. */
const LEDGER: readonly LedgerRow[] = [
  order('1', 100_00n),
  invoice('1', 100_00n),
  order('2', 100_00n),
  invoice('2', 103_00n),
  order('3', 100_00n),
  invoice('3', 180_00n),
  order('4', 100_00n),
  invoice('5', 70_00n),
];

const differing = (from: number, count: number): LedgerRow[] =>
  Array.from({ length: count }, (_, index) => String(from + index)).flatMap((po) => [
    order(po, 100_00n),
    invoice(po, 200_00n),
  ]);

describe('a second run over the same records', () => {
  it('writes nothing but its own row', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, LEDGER);
    const first = await runLedger(sql, workspace);
    const before = await rowCounts(sql, workspace);

    const second = await runLedger(sql, workspace);

    expect(first.status).toBe('applied');
    expect(second.status).toBe('unchanged');
    expect(await rowCounts(sql, workspace)).toEqual({ ...before, run: (before.run ?? 0) + 1 });
    expect(await runStatuses(workspace)).toEqual(['applied', 'unchanged']);
  });

  it('leaves every exception and the trail byte for byte', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, LEDGER);
    await runLedger(sql, workspace);
    const before = [await exceptionsOf(sql, workspace), await trailOf(sql, workspace)];

    await runLedger(sql, workspace, { now: new Date('2026-11-23T06:00:00Z') });

    expect([await exceptionsOf(sql, workspace), await trailOf(sql, workspace)]).toEqual(before);
  });

  it('plans the same again after a sandbox run', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, LEDGER);

    const rehearsed = await runLedger(sql, workspace, { mode: 'sandbox' });
    const applied = await runLedger(sql, workspace);

    expect(applied.planHash).toBe(rehearsed.planHash);
  });
});

describe('the order of deliveries', () => {
  it('does not change the plan or the record', async () => {
    const [forwards, backwards] = [await seed(), await seed()];
    await putRecords(sql, forwards, LEDGER);
    await putRecords(sql, backwards, [...LEDGER].reverse());

    const plans = [await runLedger(sql, forwards), await runLedger(sql, backwards)];

    expect(plans[0]?.planHash).toBe(plans[1]?.planHash);
    expect(await standing(forwards)).toEqual(await standing(backwards));
    expect((await exceptionsOf(sql, forwards)).map(({ number, order_ref }) => [number, order_ref])).toEqual([
      [1001, '3'],
      [1002, '4'],
      [1003, '5'],
    ]);
  });

  it('does not change what stands, however many runs look between them', async () => {
    const [atOnce, piecemeal] = [await seed(), await seed()];
    await putRecords(sql, atOnce, LEDGER);
    await runLedger(sql, atOnce);

    for (const row of [...LEDGER].reverse()) {
      await putRecords(sql, piecemeal, [row]);
      await runLedger(sql, piecemeal);
    }

    expect(await standing(piecemeal)).toEqual(await standing(atOnce));
  });
});

describe('two runs at once', () => {
  it('apply the plan once', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, differing(100, 40));

    const reports = await Promise.all(Array.from({ length: 4 }, () => runLedger(sql, workspace)));

    const statuses = reports.map((report) => report.status).sort();
    expect(statuses.filter((status) => status === 'applied')).toEqual(['applied']);
    expect(statuses.filter((status) => !['applied', 'busy', 'unchanged'].includes(status))).toEqual([]);
    expect(await rowCounts(sql, workspace)).toMatchObject({
      exception: 40,
      match: 40,
      audit_event: 41,
      run: 4,
    });
  });

  it('leaves the second at once, saying busy, while the first holds the reconciliation', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, LEDGER);
    const [{ id }] = await inWorkspace(sql, workspace.workspaceId, (tx) => readReconciliation(tx));

    const report = await inWorkspace(sql, workspace.workspaceId, async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtextextended('tieout run ' || ${id}, 0))`;
      return await runLedger(sql, workspace);
    });

    expect(report.status).toBe('busy');
    expect(await rowCounts(sql, workspace)).toMatchObject({ match: 0, exception: 0, audit_event: 0 });
  });
});

describe('exception numbers', () => {
  it('are consecutive, across runs too', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, differing(100, 7));
    await runLedger(sql, workspace);
    await putRecords(sql, workspace, differing(200, 5));
    await runLedger(sql, workspace);

    const numbers = (await exceptionsOf(sql, workspace)).map(({ number }) => number);

    expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => 1001 + index));
  });
});

describe('the number of statements', () => {
  it('is the same for ten records and for two hundred', async () => {
    const [small, large] = [await seed(), await seed()];
    await putRecords(sql, small, differing(100, 5));
    await putRecords(sql, large, differing(100, 100));

    const few = counting(sql);
    await runLedger(few.sql, small);
    const many = counting(sql);
    await runLedger(many.sql, large);

    expect(few.statements()).toBeGreaterThan(20);
    expect(many.statements()).toBe(few.statements());
    expect(await rowCounts(sql, large)).toMatchObject({ exception: 100 });
  });
});

/** A pool that counts the queries (and fragments of queries) built on its transactions. */
function counting(pool: Sql): { sql: Sql; statements: () => number } {
  let built = 0;
  const counted = (tx: Tx): Tx =>
    new Proxy(tx, {
      apply(target, self, args) {
        built += 1;
        return Reflect.apply(target, self, args);
      },
    });
  const begin = (isolation: string, work: (tx: Tx) => Promise<unknown>) =>
    pool.begin(isolation, (tx) => work(counted(tx)));
  const wrapped = new Proxy(pool, {
    get: (target, name) => (name === 'begin' ? begin : Reflect.get(target, name)),
  });
  return { sql: wrapped, statements: () => built };
}

const readReconciliation = async (tx: Tx): Promise<[{ id: string }]> => {
  const rows = await tx<{ id: string }[]>`select reconciliation_id as id from reconciliation`;
  return [{ id: rows[0]?.id ?? '' }];
};

const runStatuses = (workspace: SeededWorkspace) =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => {
    const rows = await tx<{ status: string }[]>`select status from run order by run_id`;
    return rows.map(({ status }) => status);
  });

/** What a reader sees, without the ids and numbers that tell how it came to be. */
const standing = (workspace: SeededWorkspace) =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => ({
    matches: [
      ...(await tx`select pass, group_key, inputs_hash, expected_minor, actual_minor, outcome, rule, reason
                   from match where is_live order by pass, group_key`),
    ],
    members: [
      ...(await tx`select m.record_id, m.side, m.record_version, g.group_key
                   from match_member m join match g using (workspace_id, match_id) where m.is_live order by m.record_id`),
    ],
    exceptions: [
      ...(await tx`select fingerprint, inputs_hash, reason, severity, status, at_stake_minor, findings, routed_by, sla
                   from exception where status not in ('resolved', 'cleared') order by fingerprint`),
    ],
  }));
