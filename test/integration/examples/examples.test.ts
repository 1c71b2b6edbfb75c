import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExpectedException } from '../../../examples/support/outcome.ts';
import { dice } from '../../../examples/support/random.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import type { ReconcileReport } from '../../../src/pipeline/reconcile.ts';
import { testDatabase } from '../../support/database.ts';
import {
  decisionsHash,
  deliver,
  exampleNight,
  exampleRun,
  type LoadedExample,
  loadExample,
  placeExample,
  standingHash,
} from '../../support/example.ts';
import { rowCounts } from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const NAMES = ['ad-buy-vs-billing', 'leads-vs-campaigns', 'content-vs-billing'];
const ORDERS = 30;
/** With a run after every file: dearer, so fewer. */
const WATCHED_ORDERS = 4;

describe.each(NAMES)('the example %s', (name) => {
  let example: LoadedExample;
  let workspaceId: string;
  let first: ReconcileReport;
  beforeAll(async () => {
    example = await loadExample(name);
    workspaceId = await placeExample(sql, example, name);
    first = await exampleNight(sql, example, workspaceId);
  });

  it('reads its files as its generator says: every row counted, the spoilt ones quarantined with line and reason', async () => {
    const read = first.deliveries.map(
      ({ feed, name: file, rowsRead, rowsNew, rowsChanged, rowsQuarantined }) => ({
        feed,
        file,
        rowsRead,
        rowsNew,
        rowsChanged,
        rowsQuarantined,
      }),
    );
    expect(read).toEqual(example.expected.deliveries);
    const rows = await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx`
        select d.name as file, q.line, q.reason from quarantined_row q join delivery d using (workspace_id, delivery_id)
        order by d.name, q.line`,
    );
    expect([...rows]).toEqual(example.expected.quarantinedRows);
  });

  it('comes to exactly the exceptions that its generator labelled, with type, severity, reason, team and records', async () => {
    const rows = await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx<ExpectedException[]>`
        select e.type, e.severity, e.reason, t.key as team, e.order_ref as "orderRef",
               array_agg(r.source_ref order by r.source_ref collate "C") as refs
        from exception e
        join team t using (workspace_id, team_id)
        join exception_member m using (workspace_id, exception_id)
        join record r using (workspace_id, record_id)
        group by e.exception_id, e.type, e.severity, e.reason, t.key, e.order_ref`,
    );
    const text = (all: readonly object[]) => all.map((row) => JSON.stringify(row)).sort();
    expect(text(rows)).toEqual(
      text(example.expectedRun.exceptions.map((row) => ({ ...row, refs: [...row.refs].sort() }))),
    );
  });

  it('matches, settles, leaves out and leaves pending what its generator says', async () => {
    const { expectedRun } = example;
    expect(first.run.live.matches).toEqual({
      equal: expectedRun.groups.equal,
      autoResolved: expectedRun.groups.auto_resolved,
      excepted: expectedRun.groups.excepted,
    });
    const byPass = await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx<{ pass: string; count: number }[]>`
        select pass, count(*)::integer as count from match where is_live group by pass`,
    );
    expect(Object.fromEntries(byPass.map(({ pass, count }) => [pass, count]))).toEqual(
      expectedRun.groupsByPass,
    );
    expect(first.run).toMatchObject({
      pending: expectedRun.pending.length,
      late: expectedRun.late,
      unraised: 0,
    });
    expect(first.run.records.ignored).toBe(expectedRun.ignored);
  });

  it('changes nothing when the same night is run again', async () => {
    const before = await rowCounts(sql, { workspaceId });

    const again = await exampleNight(sql, example, workspaceId);

    expect(again.run.status).toBe('unchanged');
    expect(again.deliveries.map(({ status }) => status)).toEqual(
      example.expected.deliveries.map(() => 'already_delivered'),
    );
    const { runId: _again, ...saidAgain } = again.run;
    const { runId: _afresh, ...saidAfresh } = await exampleRun(sql, example, workspaceId);
    expect(saidAgain).toEqual(saidAfresh);
    const after = await rowCounts(sql, { workspaceId });
    expect({ ...after, run: 0 }).toEqual({ ...before, run: 0 });
  });

  it('comes to one state whatever the order its files arrive in, and how often', {
    timeout: 300_000,
  }, async () => {
    const wanted = await decisionsHash(sql, workspaceId);
    const roll = dice(1977);
    for (let nth = 1; nth <= ORDERS; nth += 1) {
      const other = await placeExample(sql, example, `${name}, order ${nth}`);
      const files = example.expected.deliveries;
      const arriving = roll.shuffle([...files, ...roll.shuffle(files).slice(0, roll.int(0, files.length))]);
      for (const { feed, file } of arriving) await deliver(sql, example, { workspaceId: other, feed, file });

      await exampleRun(sql, example, other);

      const order = arriving.map(({ file }) => file).join(', ');
      expect([order, await decisionsHash(sql, other)]).toEqual([order, wanted]);
    }
  });

  it('comes to what stands now however late its files are, and however many runs look between them', {
    timeout: 300_000,
  }, async () => {
    const wanted = await standingHash(sql, workspaceId);
    const roll = dice(2024);
    for (let nth = 1; nth <= WATCHED_ORDERS; nth += 1) {
      const other = await placeExample(sql, example, `${name}, watched ${nth}`);
      const arriving = roll.shuffle([...example.expected.deliveries]);
      for (const { feed, file } of arriving) {
        await deliver(sql, example, { workspaceId: other, feed, file });
        await exampleRun(sql, example, other);
      }

      const order = arriving.map(({ file }) => file).join(', ');
      expect([order, await standingHash(sql, other)]).toEqual([order, wanted]);
      expect((await exampleRun(sql, example, other)).status).toBe('unchanged');
    }
  });
});
