import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EntryFilter } from '../../../src/core/entry.ts';
import { ROLES, type Role } from '../../../src/core/organisation.ts';
import type { Viewer } from '../../../src/core/work.ts';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { reverse } from '../../../src/pipeline/act/reverse.ts';
import { entryNames } from '../../../src/pipeline/report/entry-names.sql.ts';
import { entryPage } from '../../../src/pipeline/report/entry-page.ts';
import { AT, entriesOf, MONEY, overbilledTimes, TERMS } from '../../support/adjusting.ts';
import { testDatabase } from '../../support/database.ts';
import { exceptionsOf, press, type SeededWorkspace } from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
let workspace: SeededWorkspace;

const seen = async (orderRef: string, by: string) => {
  const found = (await exceptionsOf(sql, workspace)).find((one) => one.order_ref === orderRef);
  if (!found) throw new Error(`no exception of ${orderRef}`);
  return press(workspace, by, found);
};

async function settle(orderRef: string, by: string, said: { code: string; amount: string }): Promise<void> {
  await claim(sql, await seen(orderRef, by));
  const request = { ...(await seen(orderRef, by)), note: 'agreed', reason: 'billing_error', ...said };
  const terms = said.code === 'lost' ? { ...TERMS, money: { ...MONEY, reasonCodes: [] } } : TERMS;
  expect(await resolve(sql, request, { ...terms, now: AT })).toMatchObject({ ok: true });
}

/** Ana booked 40 and 20, the latter taken back by Fay; Olga asks for 80 to be written off, and Ana for 70 to be adjusted. */
beforeAll(async () => {
  workspace = await overbilledTimes(sql, 4);
  await settle('1', 'ana', { code: 'adjusted', amount: '40' });
  await settle('2', 'ana', { code: 'adjusted', amount: '20' });
  const [, second] = await entriesOf(sql, workspace);
  const asking = { workspaceId: workspace.workspaceId, personId: workspace.people.fay ?? '' };
  const wanted = { ...asking, requestKey: newId(), entry: second?.number ?? 0n, note: 'twice' };
  const reversed = await reverse(
    sql,
    { ...wanted, reason: 'billing_error' },
    { money: MONEY, zone: 'UTC', now: AT },
  );
  expect(reversed).toMatchObject({ ok: true });
  await settle('3', 'olga', { code: 'lost', amount: '80' });
  await settle('4', 'ana', { code: 'adjusted', amount: '70' });
});

afterAll(() => sql.end());

const viewer = (changes: { personId?: string | undefined; roles?: readonly Role[] }): Viewer => ({
  personId: newId(),
  key: 'somebody',
  name: 'Somebody',
  slackLocale: undefined as never,
  slackZone: undefined as never,
  isActive: true,
  roles: [],
  teams: [],
  ...(changes as Partial<Viewer>),
});

const pageOf = (
  filter: EntryFilter,
  { as, page = 0, rows }: { as?: Viewer; page?: number; rows?: number } = {},
) =>
  inWorkspace(sql, workspace.workspaceId, (tx) =>
    entryPage(
      tx,
      { workspaceId: workspace.workspaceId, filter, viewer: as },
      { page, ...(rows === undefined ? {} : { rows }) },
    ),
  );

const listOf = async (filter: EntryFilter, as?: Viewer) => {
  const { waiting, booked } = await pageOf(filter, as ? { as } : {});
  return [
    ...waiting.map(({ kind, orderRef }) => `${orderRef} ${kind} waits`),
    ...booked.map(({ kind, orderRef }) => `${orderRef} ${kind}`),
  ];
};

const ALL = ['3 write_off waits', '4 adjustment waits', '2 reversal', '2 adjustment', '1 adjustment'];

describe('what is booked and what waits for it', () => {
  test('what waits comes first, then the latest booked, under what each comes to', async () => {
    const { waiting, booked, sums, pages } = await pageOf({});

    expect(await listOf({})).toEqual(ALL);
    expect(sums).toEqual({
      waiting: { count: 2, money: [{ minor: 150_00n, currency: 'USD' }] },
      booked: { count: 3, money: [{ minor: 40_00n, currency: 'USD' }] },
    });
    expect(pages).toBe(1);
    expect(waiting[0]).toMatchObject({ madeBy: 'Olga Novak', amount: { minor: 80_00n }, note: 'agreed' });
    expect(booked[0]).toMatchObject({
      amount: { minor: -20_00n },
      reverses: booked[1]?.number,
      madeBy: 'Fay Lindqvist',
    });
    expect(booked[1]).toMatchObject({ reversedBy: booked[0]?.number });
  });

  test('a page goes from what waits over to what is booked, and none is missed or shown twice', async () => {
    const kinds = async (page: number) => {
      const shown = await pageOf({}, { page, rows: 3 });
      return [shown.waiting.length, shown.booked.map(({ orderRef }) => orderRef), shown.page, shown.pages];
    };

    expect(await kinds(0)).toEqual([2, ['2'], 0, 2]);
    expect(await kinds(1)).toEqual([0, ['2', '1'], 1, 2]);
    expect(await kinds(99)).toEqual(await kinds(1));
  });

  test.each<[EntryFilter, number[]]>([
    [{ state: 'waiting' }, [0, 1]],
    [{ state: 'booked' }, [2, 3, 4]],
    [{ kind: 'write_off' }, [0]],
    [{ kind: 'reversal' }, [2]],
    [{ by: 'fay' }, [2]],
    [{ by: 'RUIZ' }, [1, 3, 4]],
    [{ order: '2' }, [2, 3]],
    [{ text: '4' }, [1]],
    [{ client: 'nobody of that name' }, []],
    [{ atLeast: 400_000n }, [0, 1, 4]],
    [{ atMost: 200_000n }, [2, 3]],
    [{ period: '2026-10', state: 'waiting' }, [0, 1]],
    [{ period: '1999-01' }, []],
  ])('is narrowed by %o', async (filter, found) => {
    expect(await listOf(filter)).toEqual(found.map((index) => ALL[index]));
  });

  test('names that a word can be near to are those of what somebody sees', async () => {
    const names = (as: Viewer) =>
      inWorkspace(sql, workspace.workspaceId, (tx) =>
        entryNames(tx, { workspaceId: workspace.workspaceId, viewer: as }),
      );

    expect(await names(viewer({ roles: ['finance'] }))).toMatchObject({
      orders: ['1', '2', '3', '4'],
      people: ['Ana Ruiz', 'Fay Lindqvist', 'Olga Novak', 'ana', 'fay', 'olga'],
    });
    expect(await names(viewer({}))).toEqual({ clients: [], orders: [], payees: [], people: [] });
  });
});

describe('who sees it', () => {
  const SEES_ALL: readonly Role[] = ['ops_lead', 'finance', 'admin', 'auditor'];

  test.each(ROLES)('%s', async (role) => {
    expect(await listOf({}, viewer({ roles: [role] }))).toEqual(SEES_ALL.includes(role) ? ALL : []);
  });

  test('nobody in particular: nothing, and sums say nothing either', async () => {
    expect(await pageOf({}, { as: viewer({}) })).toMatchObject({
      waiting: [],
      booked: [],
      sums: { waiting: { count: 0, money: [] }, booked: { count: 0, money: [] } },
    });
  });

  test('a member of the team: that of the team; an owner: that of what they own', async () => {
    expect(await listOf({}, viewer({ personId: workspace.people.ben }))).toEqual(ALL);
    expect(await listOf({}, viewer({ personId: workspace.people.olga }))).toEqual([ALL[0]]);
  });

  test('nobody of another workspace', async () => {
    const found = await inWorkspace(sql, newId(), (tx) =>
      entryPage(tx, { workspaceId: workspace.workspaceId, filter: {} }, { page: 0 }),
    );
    expect(found).toMatchObject({ waiting: [], booked: [] });
  });
});
