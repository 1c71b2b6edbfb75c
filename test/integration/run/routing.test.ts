import { afterAll, describe, expect, it } from 'vitest';
import { parseAmountRange } from '../../../src/core/amount-range.ts';
import type { Organisation, OwnershipRow } from '../../../src/core/organisation.ts';
import type { VerifyRule } from '../../../src/core/spec.ts';
import { connect } from '../../../src/db/client.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aSpec,
  exceptionsOf,
  expression,
  invoice,
  noticesOf,
  onlyException,
  order,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
  trailOf,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const seed = () => seedWorkspace(sql, ['orders-vs-invoices']);

const CATCH_ALL: OwnershipRow = {
  row: 2,
  source: 'tieout.yaml:42',
  domain: undefined,
  type: undefined,
  severity: undefined,
  team: 'media_ops',
  sla: { kind: 'elapsed', ms: 3_600_000, text: '1h' },
};
const MISSING_TO_FINANCE: OwnershipRow = {
  ...CATCH_ALL,
  row: 1,
  source: 'tieout.yaml:41',
  type: 'missing_invoice',
  team: 'finance',
  sla: { kind: 'business_days', days: 2, text: '2bd' },
};
const routedBy = (organisation: Organisation): Organisation => ({
  ...organisation,
  ownership: [MISSING_TO_FINANCE, CATCH_ALL],
});

const settledBy = (expect: string): VerifyRule => ({
  id: 'house',
  expect: expression(expect),
  // biome-ignore lint/suspicious/noThenProperty: the word of the spec
  then: 'auto_resolve',
  else: undefined,
  reason: 'HOUSE_ACCOUNT',
  notify: 'finance',
});

const settledLines = async (workspace: SeededWorkspace): Promise<unknown> =>
  (await noticesOf(sql, workspace)).flatMap(({ payload }) => payload.lines);

describe('an exception', () => {
  it('keeps the ownership row that decided, its team and when it is due', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, [order('1', 100_00n), invoice('1', 180_00n), order('2', 50_00n)]);

    await runLedger(sql, workspace, { organisation: routedBy(workspace.organisation) });

    // The run is on a Sunday at 06:00 UTC.
    expect(await exceptionsOf(sql, workspace)).toMatchObject([
      {
        type: 'amount_differs',
        team: 'media_ops',
        routed_by: { row: 2, source: 'tieout.yaml:42', team: 'media_ops' },
        sla: '1h',
        due_at: new Date('2026-11-22T07:00:00Z'),
      },
      {
        type: 'missing_invoice',
        team: 'finance',
        routed_by: { row: 1, source: 'tieout.yaml:41', team: 'finance', type: 'missing_invoice' },
        sla: '2bd',
        due_at: new Date('2026-11-24T06:00:00Z'),
      },
    ]);
  });

  it('goes by its client and by what is at stake, in the currency that a row names', async () => {
    const workspace = await seed();
    const rows: OwnershipRow[] = [
      {
        ...CATCH_ALL,
        row: 1,
        source: 'tieout.yaml:40',
        clients: ['acme'],
        amount: parseAmountRange('100.. USD'),
        team: 'finance',
      },
      CATCH_ALL,
    ];
    const fields = { po: '3', client: 'Zeta' };
    await putRecords(sql, workspace, [
      order('1', 100_00n),
      order('2', 99_99n),
      order('3', 500_00n, { fields }),
    ]);

    await runLedger(sql, workspace, { organisation: { ...workspace.organisation, ownership: rows } });

    expect(
      (await exceptionsOf(sql, workspace)).map(({ order_ref, team, routed_by }) => [
        order_ref,
        team,
        routed_by.source,
      ]),
    ).toEqual([
      ['1', 'finance', 'tieout.yaml:40'],
      ['2', 'media_ops', 'tieout.yaml:42'],
      ['3', 'media_ops', 'tieout.yaml:42'],
    ]);
  });

  it('says on the trail who owns it and why', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, [order('2', 50_00n)]);

    await runLedger(sql, workspace, { organisation: routedBy(workspace.organisation) });

    const { exception_id } = await onlyException(sql, workspace);
    expect((await trailOf(sql, workspace))[0]).toMatchObject({
      action: 'exception.opened',
      entity_id: exception_id,
      body: {
        actor: { kind: 'program', name: 'run' },
        state: { status: 'open', version: 1, level: 0, owner_id: null },
        data: {
          number: 1001,
          team: 'finance',
          routed_by: 'tieout.yaml:41 (type missing_invoice → finance, 2bd)',
          at_stake_minor: '5000',
        },
      },
    });
  });

  it('stays with its team when the matrix changes while it lives', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, [order('2', 50_00n)]);
    await runLedger(sql, workspace);

    const report = await runLedger(sql, workspace, { organisation: routedBy(workspace.organisation) });

    expect(report.status).toBe('unchanged');
    expect(await onlyException(sql, workspace)).toMatchObject({ team: 'media_ops', sla: '1h' });
  });
});

describe('a group that a rule settles', () => {
  it('is on the trail with its amounts', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, [order('1', 100_00n), invoice('1', 103_00n)]);

    const report = await runLedger(sql, workspace);

    expect(report).toMatchObject({ made: { matches: 1, autoResolved: 1 }, changes: { open: 0 } });
    expect(await trailOf(sql, workspace)).toMatchObject([
      {
        action: 'match.auto_resolved',
        body: {
          reason: 'PACING',
          data: {
            rule: 'pacing',
            matches: [{ expected_minor: '10000', actual_minor: '10300', currency: 'USD', order_ref: '1' }],
          },
        },
      },
      { action: 'run.applied', body: { data: { matches_made: 1, plan_hash: report.planHash } } },
    ]);
  });

  it('says whose it is where its sides were equal from the start and a rule about fields settles it', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, [
      order('1', 100_00n, { fields: { po: '1', client: 'Acme', owner: 'house' } }),
      invoice('1', 100_00n),
    ]);

    await runLedger(sql, workspace, {
      spec: aSpec({ verify: [settledBy("expected.owner = 'house'")] }),
    });

    expect(await settledLines(workspace)).toMatchObject([{ orderRef: '1', client: 'Acme' }]);
  });

  it('says whose it is where one of its records is the first of several that are the same', async () => {
    const workspace = await seed();
    const line = { fields: { po: '1', client: 'Acme' } };
    await putRecords(sql, workspace, [
      order('1', 100_00n),
      invoice('1', 103_00n, { ...line, ref: 'I-a' }),
      invoice('1', 103_00n, { ...line, ref: 'I-b' }),
    ]);

    await runLedger(sql, workspace, {
      spec: aSpec({
        duplicates: [
          { side: 'actual', same: ['po', 'amount'], raise: 'duplicate_invoice', severity: 'manual_review' },
        ],
        verify: [settledBy('abs(diff) <= 5.00')],
      }),
    });

    expect(await settledLines(workspace)).toMatchObject([{ orderRef: '1', client: 'Acme' }]);
    expect(await exceptionsOf(sql, workspace)).toMatchObject([{ type: 'duplicate_invoice' }]);
  });

  it('is told to the team the rule names, once for all of a run', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, [
      order('1', 100_00n),
      invoice('1', 103_00n),
      order('2', 100_00n),
      invoice('2', 99_00n),
    ]);

    await runLedger(sql, workspace);
    await runLedger(sql, workspace);

    expect(await noticesOf(sql, workspace)).toEqual([
      {
        kind: 'notice',
        address: 'team:finance',
        payload: {
          notice: 'settled',
          reconciliation: 'orders-vs-invoices',
          count: 2,
          total: { minor: '200', currency: 'USD' },
          lines: [
            {
              orderRef: '1',
              difference: { minor: '300', currency: 'USD' },
              reason: 'PACING',
              client: 'Acme',
              periods: [],
            },
            {
              orderRef: '2',
              difference: { minor: '-100', currency: 'USD' },
              reason: 'PACING',
              client: 'Acme',
              periods: [],
            },
          ],
        },
      },
    ]);
  });

  it('is told again only about what changed', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, [
      order('1', 100_00n),
      invoice('1', 103_00n),
      order('2', 100_00n),
      invoice('2', 99_00n),
    ]);
    await runLedger(sql, workspace);
    await putRecords(sql, workspace, [invoice('2', 98_00n)]);

    await runLedger(sql, workspace);

    expect((await noticesOf(sql, workspace)).map(({ payload }) => payload.lines?.length)).toEqual([2, 1]);
  });
});
