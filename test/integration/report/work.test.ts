import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIVE_STATUSES, STATUSES } from '../../../src/core/lifecycle.ts';
import type { OwnershipRow, Role } from '../../../src/core/organisation.ts';
import type { Viewer, WorkFilter } from '../../../src/core/work.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { exceptionId } from '../../../src/pipeline/report/exception-id.sql.ts';
import { homeReport } from '../../../src/pipeline/report/home-report.ts';
import { knownFilters } from '../../../src/pipeline/report/known-filters.sql.ts';
import { slaCounts } from '../../../src/pipeline/report/sla-counts.sql.ts';
import { statusCounts } from '../../../src/pipeline/report/status-counts.sql.ts';
import { readViewer } from '../../../src/pipeline/report/viewer.sql.ts';
import { visibleExceptions } from '../../../src/pipeline/report/visible-exceptions.sql.ts';
import type { WorkScope } from '../../../src/pipeline/report/work-condition.sql.ts';
import { workPage } from '../../../src/pipeline/report/work-page.ts';
import { testDatabase } from '../../support/database.ts';
import {
  type ExceptionOnRecord,
  exceptionsOf,
  invoice,
  ORGANISATION,
  order,
  press,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
let workspace: SeededWorkspace;
let exceptions: ExceptionOnRecord[];

const LATER = new Date('2026-11-23T00:00:00Z');
const EARLIER = new Date('2026-11-22T06:30:00Z');

/** Three of media ops, in two currencies, and two of finance, one of which Olga owns, who is in no team. */
beforeAll(async () => {
  workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [
    order('A', 100_00n),
    order('B', 250_00n, { fields: { po: 'B', client: 'Büro 50%_Off' } }),
    order('C', 500n, { currency: 'JPY' }),
    invoice('D', 1_000_00n),
    invoice('E', 2_000_00n),
  ]);
  const [rest] = ORGANISATION.ownership as [OwnershipRow];
  const charges = { ...rest, type: 'unordered_charge', team: 'finance' };
  await runLedger(sql, workspace, { organisation: { ...ORGANISATION, ownership: [charges, rest] } });
  exceptions = await exceptionsOf(sql, workspace);
  expect(await claim(sql, press(workspace, 'olga', of('D')))).toMatchObject({ ok: true });
  expect(await claim(sql, press(workspace, 'ana', of('A')))).toMatchObject({ ok: true });
});

afterAll(() => sql.end());

function of(orderRef: string): ExceptionOnRecord {
  const found = exceptions.find((one) => one.order_ref === orderRef);
  if (!found) throw new Error(`no exception of ${orderRef}`);
  return found;
}

async function viewerOf(person: string, roles?: readonly Role[]): Promise<Viewer> {
  const personId = workspace.people[person] ?? '';
  const viewer = await inWorkspace(sql, workspace.workspaceId, (tx) =>
    readViewer(tx, workspace.workspaceId, personId),
  );
  if (!viewer) throw new Error(`no ${person}`);
  return roles ? { ...viewer, roles } : viewer;
}

type Asked = { scope?: WorkScope; filter?: Partial<WorkFilter>; now?: Date; page?: number };

const ask = (viewer: Viewer, { scope = 'visible', filter = {}, now = LATER, page = 0 }: Asked = {}) =>
  inWorkspace(sql, workspace.workspaceId, (tx) =>
    workPage(
      tx,
      {
        workspaceId: workspace.workspaceId,
        viewer,
        scope,
        filter: { statuses: LIVE_STATUSES, ...filter },
        now,
      },
      page,
    ),
  );

const ordersOf = async (viewer: Viewer, asked?: Asked): Promise<string[]> =>
  (await ask(viewer, asked)).rows.map(({ orderRef }) => orderRef ?? '').toSorted();

describe('who sees what', () => {
  test('a member sees the exceptions of their teams and their own', async () => {
    expect(await ordersOf(await viewerOf('ben'))).toEqual(['A', 'B', 'C']);
    expect(await ordersOf(await viewerOf('olga', []))).toEqual(['D']);
    expect(await ordersOf(await viewerOf('guest'))).toEqual([]);
  });

  test.each(['ops_lead', 'admin', 'auditor', 'finance'] as const)('%s sees all', async (role) => {
    expect(await ordersOf(await viewerOf('guest', [role]))).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  test.each(['account_manager', 'approver'] as const)('%s sees no more for it', async (role) => {
    expect(await ordersOf(await viewerOf('guest', [role]))).toEqual([]);
  });

  test('one exception is found by its number, or its id kept, only by those who see it', async () => {
    const { workspaceId } = workspace;
    const { number, exception_id: id } = of('E');
    const look = async (person: string) => {
      const viewer = await viewerOf(person);
      return await inWorkspace(sql, workspaceId, async (tx) => [
        await exceptionId(tx, { workspaceId, viewer, number }),
        ...(await visibleExceptions(tx, { workspaceId, viewer, ids: [id] })),
      ]);
    };
    expect(await look('olga')).toEqual([id, id]);
    expect(await look('ana')).toEqual([undefined]);
  });

  test('status and the filters there are count nothing that is not seen', async () => {
    const { workspaceId } = workspace;
    const viewer = await viewerOf('ben');
    const [counts, known] = await inWorkspace(sql, workspaceId, async (tx) => [
      await statusCounts(tx, { workspaceId, viewer, now: LATER }),
      await knownFilters(tx, { workspaceId, viewer }),
    ]);
    expect(counts).toEqual([
      expect.objectContaining({ status: 'claimed', count: 1, atStake: { minor: 100_00n, currency: 'USD' } }),
      expect.objectContaining({ status: 'open', count: 1, atStake: { minor: 500n, currency: 'JPY' } }),
      expect.objectContaining({ status: 'open', count: 1, atStake: { minor: 250_00n, currency: 'USD' } }),
    ]);
    expect(known).toEqual({
      types: ['missing_invoice'],
      teams: ['media_ops'],
      owners: expect.arrayContaining(['ana', 'Ana Ruiz']),
      clients: ['Acme', 'Büro 50%_Off'],
      orders: expect.arrayContaining(['A', 'B', 'C']),
    });
    expect(known?.orders).toHaveLength(3);
  });
});

describe('a list', () => {
  test('sums each currency by itself and counts what is overdue at the instant it is asked for', async () => {
    const olga = await viewerOf('olga');
    expect(await ask(olga)).toMatchObject({
      total: 5,
      overdue: 5,
      money: [
        { minor: 500n, currency: 'JPY' },
        { minor: 3_350_00n, currency: 'USD' },
      ],
    });
    expect(await ask(olga, { now: EARLIER })).toMatchObject({ total: 5, overdue: 0 });
  });

  test('takes limits in whole units of whatever currency an exception has', async () => {
    const olga = await viewerOf('olga');
    expect(await ordersOf(olga, { filter: { atLeast: 250_0000n, atMost: 500_0000n } })).toEqual(['B', 'C']);
    expect(await ordersOf(olga, { filter: { atLeast: 250_0001n, atMost: 500_0000n } })).toEqual(['C']);
  });

  test('compares the client by part and letter, so that no sign of SQL is a wildcard', async () => {
    const olga = await viewerOf('olga');
    expect(await ordersOf(olga, { filter: { client: 'BÜRO' } })).toEqual(['B']);
    expect(await ordersOf(olga, { filter: { client: '0%_o' } })).toEqual(['B']);
    expect(await ordersOf(olga, { filter: { client: '%' } })).toEqual(['B']);
  });

  test('takes a team by its key or its name, and a type and status by their words', async () => {
    const olga = await viewerOf('olga');
    expect(await ordersOf(olga, { filter: { team: 'FINANCE' } })).toEqual(['D', 'E']);
    expect(await ordersOf(olga, { filter: { team: 'media ops' } })).toEqual(['A', 'B', 'C']);
    expect(await ordersOf(olga, { filter: { statuses: ['claimed'] } })).toEqual(['A', 'D']);
    expect(await ordersOf(olga, { filter: { type: 'duplicate_invoice', statuses: STATUSES } })).toEqual([]);
  });

  test('finds an order by a part of its reference, in any case', async () => {
    const olga = await viewerOf('olga');
    expect(await ordersOf(olga, { filter: { order: 'b' } })).toEqual(['B']);
    expect(await ordersOf(olga, { filter: { order: '_' } })).toEqual([]);
  });

  test('takes an owner by a part of the name, by key, as me, or as nobody', async () => {
    const olga = await viewerOf('olga');
    expect(await ordersOf(olga, { filter: { owner: 'RUIZ' } })).toEqual(['A']);
    expect(await ordersOf(olga, { filter: { owner: 'ana' } })).toEqual(['A']);
    expect(await ordersOf(olga, { filter: { owner: 'Me' } })).toEqual(['D']);
    expect(await ordersOf(olga, { filter: { owner: 'nobody' } })).toEqual(['B', 'C', 'E']);
  });

  test('of what is overdue holds nothing before its time, and of what is due soon all until then', async () => {
    const olga = await viewerOf('olga');
    const ask = (filter: Partial<WorkFilter>, now: Date) => ordersOf(olga, { filter, now });
    expect(await ask({ isOverdue: true }, EARLIER)).toEqual([]);
    expect(await ask({ isOverdue: true }, LATER)).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(await ask({ dueBy: new Date('2026-11-22T06:59:59Z') }, EARLIER)).toEqual([]);
    expect(await ask({ dueBy: new Date('2026-11-22T07:00:00Z') }, EARLIER)).toEqual([
      'A',
      'B',
      'C',
      'D',
      'E',
    ]);
  });

  test('gives its last page when a later one is asked for', async () => {
    expect(await ask(await viewerOf('olga'), { page: 7 })).toMatchObject({ page: 0, pages: 1, total: 5 });
  });
});

test('due times are counted by team and owner, each currency by itself', async () => {
  const { workspaceId } = workspace;
  const count = async (person: string, now: Date, until: Date) => {
    const viewer = await viewerOf(person);
    return await inWorkspace(sql, workspaceId, (tx) => slaCounts(tx, { workspaceId, viewer, now, until }));
  };
  expect(await count('olga', EARLIER, EARLIER)).toEqual([]);
  const due = { dueAt: new Date('2026-11-22T07:00:00Z') };
  expect(await count('ben', EARLIER, LATER)).toEqual([
    {
      ...due,
      team: 'Media Ops',
      owner: undefined,
      overdue: 0,
      dueSoon: 2,
      money: [
        { minor: 500n, currency: 'JPY' },
        { minor: 250_00n, currency: 'USD' },
      ],
    },
    {
      ...due,
      team: 'Media Ops',
      owner: 'Ana Ruiz',
      overdue: 0,
      dueSoon: 1,
      money: [{ minor: 100_00n, currency: 'USD' }],
    },
  ]);
  expect(await count('olga', LATER, LATER)).toMatchObject([
    { team: 'Finance', owner: undefined, overdue: 1, dueSoon: 0 },
    { team: 'Finance', owner: 'Olga Novak', overdue: 1 },
    { team: 'Media Ops', owner: undefined, overdue: 2 },
    { team: 'Media Ops', owner: 'Ana Ruiz', overdue: 1 },
  ]);
});

test('Home holds what the person owns and what nobody of their teams has claimed', async () => {
  const { workspaceId, people } = workspace;
  const home = await homeReport(sql, {
    workspaceId,
    personId: people.ana ?? '',
    pages: { mine: 0, unclaimed: 0 },
    now: LATER,
  });
  expect(home?.mine.rows.map(({ orderRef }) => orderRef)).toEqual(['A']);
  expect(home?.unclaimed.rows.map(({ orderRef }) => orderRef)).toEqual(['B', 'C']);
  expect(home?.viewer).toMatchObject({ name: 'Ana Ruiz', isActive: true, teams: ['Media Ops'] });
});

test('nobody of another workspace has a Home here', async () => {
  const other = await seedWorkspace(sql, ['orders-vs-invoices']);
  const { workspaceId } = other;
  const personId = workspace.people.ana ?? '';
  const pages = { mine: 0, unclaimed: 0 };
  expect(await homeReport(sql, { workspaceId, personId, pages, now: LATER })).toBeUndefined();
});
