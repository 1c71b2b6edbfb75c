import { afterAll, describe, expect, test } from 'vitest';
import type { DigestFacts, Tally } from '../../../src/core/digest.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { readDigest } from '../../../src/pipeline/report/digest.ts';
import type { DigestScope } from '../../../src/pipeline/report/digest-scope.sql.ts';
import { readViewer } from '../../../src/pipeline/report/viewer.sql.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aSpec,
  expression,
  invoice,
  ORGANISATION,
  order,
  putRecords,
  recordExpression,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';
import { isClosed, type MadeUp, madeUp, putExceptions } from '../../support/many-exceptions.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'reports' });
afterAll(() => sql.end());

const TEAMS = [
  { key: 'media_ops', name: 'Media Ops', channel: '#media-ops', members: [], lead: undefined },
  { key: 'finance', name: 'Finance', channel: '#finance', members: [], lead: undefined },
];
const organisation = { ...ORGANISATION, teams: TEAMS };
const PACING = {
  id: 'pacing',
  expect: expression('abs(diff) <= 5.00'),
  // biome-ignore lint/suspicious/noThenProperty: the word of the spec
  then: 'auto_resolve',
  else: undefined,
  reason: 'PACING',
  notify: 'finance',
} as const;
const SPECS = [aSpec({ verify: [PACING] })];

/** A Monday: what is due until Tuesday at the same time is due soon. */
const NOW = new Date('2026-11-23T08:00:00Z');
const SOON = Date.parse('2026-11-24T08:00:00Z');
const FROM = Date.parse('2026-11-20T08:00:00Z');
const AGED = Date.parse('2026-11-16T08:00:00Z');

const read = (workspace: SeededWorkspace, scope: DigestScope): Promise<DigestFacts> =>
  inWorkspace(sql, workspace.workspaceId, (tx) =>
    readDigest(tx, {
      workspaceId: workspace.workspaceId,
      scope,
      period: { from: new Date(FROM), until: NOW },
      now: NOW,
      organisation,
      specs: SPECS,
    }),
  );

async function viewerScope(workspace: SeededWorkspace, person: string): Promise<DigestScope> {
  const { workspaceId, people } = workspace;
  const viewer = await inWorkspace(sql, workspaceId, (tx) =>
    readViewer(tx, workspaceId, people[person] ?? ''),
  );
  if (!viewer) throw new Error(`no ${person}`);
  return { kind: 'viewer', viewer };
}

const isLive = (row: MadeUp): boolean => !isClosed(row.status);
const isOverdue = (row: MadeUp): boolean => isLive(row) && row.dueAt < (row.pausedAt ?? NOW);
const within = (at: Date | undefined): boolean =>
  at !== undefined && at.getTime() >= FROM && at.getTime() < NOW.getTime();

/** What the tallies mean, one exception at a time. */
const MEANS = {
  opened: (row) => within(row.openedAt),
  resolved: (row) => row.status === 'resolved' && within(row.closedAt),
  cleared: (row) => row.status === 'cleared' && within(row.closedAt),
  live: isLive,
  aged: (row) => isLive(row) && row.openedAt.getTime() < AGED,
  breached: isOverdue,
  dueSoon: (row) => isLive(row) && !row.pausedAt && !isOverdue(row) && row.dueAt.getTime() <= SOON,
} satisfies Record<string, (row: MadeUp) => boolean>;

function tallyOf(rows: readonly MadeUp[]): Tally {
  const currencies = [...new Set(rows.map(({ currency }) => currency))].toSorted();
  return {
    count: rows.length,
    money: currencies.map((currency) => ({
      currency,
      minor: rows.filter((row) => row.currency === currency).reduce((sum, { minor }) => sum + minor, 0n),
    })),
  };
}

function rowsBy(rows: readonly MadeUp[], nameOf: (row: MadeUp) => string | undefined) {
  const live = rows.filter(isLive);
  return [...new Set(live.map(nameOf))].map((name) => {
    const own = live.filter((row) => nameOf(row) === name);
    return { name, ...tallyOf(own), overdue: own.filter(isOverdue).length };
  });
}

const OWNERS = { ana: 'Ana Ruiz', ben: 'Ben Okafor' } as const;
const byName = (rows: readonly { name: string | undefined }[]) =>
  rows.toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? ''));

/** The plain model: what a digest of these rows must say. */
function expectSays(facts: DigestFacts, rows: readonly MadeUp[]): void {
  for (const [name, isMeant] of Object.entries(MEANS)) {
    expect([name, facts[name as keyof typeof MEANS]]).toEqual([name, tallyOf(rows.filter(isMeant))]);
  }
  const whoOf = (row: MadeUp) => (facts.by === 'client' ? row.client : row.owner && OWNERS[row.owner]);
  expect(byName(facts.rows)).toEqual(byName(rowsBy(rows, whoOf)));
  expect(byName(facts.types)).toEqual(byName(rowsBy(rows, ({ type }) => type)));
  const first = rows
    .filter(isLive)
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.number - b.number)
    .slice(0, 10);
  expect(facts.items.map(({ number, isOverdue: late }) => [number, late])).toEqual(
    first.map((row) => [row.number, isOverdue(row)]),
  );
}

describe.each([1, 2, 3])('on made-up exceptions (%i), a digest says what a plain model says', (seed) => {
  const rows = madeUp(NOW, 300, seed);
  const prepared = seedWorkspace(sql, [SPECS[0]?.key ?? '']).then(async (workspace) => {
    await putExceptions(sql, workspace, rows);
    return workspace;
  });

  test('of one team', async () => {
    const facts = await read(await prepared, { kind: 'team', team: 'finance' });
    expectSays(
      facts,
      rows.filter(({ team }) => team === 'finance'),
    );
    expect(facts.about).toEqual({ kind: 'team', name: 'Finance' });
  });

  test('of some clients, however their names are written', async () => {
    const facts = await read(await prepared, { kind: 'clients', clients: ['acme', 'öko büro'] });
    const theirs = ['Acme', 'ACME', 'Öko Büro'];
    expectSays(
      facts,
      rows.filter(({ client }) => client !== undefined && theirs.includes(client)),
    );
    expect(facts.by).toBe('client');
  });

  test('of everything', async () => {
    expectSays(await read(await prepared, { kind: 'everything' }), rows);
  });

  test('of what a member sees: their teams and their own', async () => {
    const workspace = await prepared;
    const facts = await read(workspace, await viewerScope(workspace, 'ben'));
    expectSays(
      facts,
      rows.filter(({ team, owner }) => team === 'media_ops' || owner === 'ben'),
    );
  });
});

test('what a rule settled counts for the team that the rule tells, for its client, and for whoever sees all', async () => {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [
    order('S1', 100_00n),
    invoice('S1', 101_00n),
    order('S2', 100_00n),
    invoice('S2', 97_50n),
  ]);
  await runLedger(sql, workspace, { now: new Date(FROM), cutoffAt: new Date(FROM) });
  const settled = async (scope: DigestScope) => (await read(workspace, scope)).autoResolved;
  const both = { count: 2, money: [{ minor: 350n, currency: 'USD' }] };
  const none = { count: 0, money: [] };
  expect(await settled({ kind: 'team', team: 'finance' })).toEqual(both);
  expect(await settled({ kind: 'team', team: 'media_ops' })).toEqual(none);
  expect(await settled({ kind: 'clients', clients: ['ACME'] })).toEqual(both);
  expect(await settled({ kind: 'clients', clients: ['Acm'] })).toEqual(none);
  expect(await settled(await viewerScope(workspace, 'olga'))).toEqual(both);
  expect(await settled(await viewerScope(workspace, 'ben'))).toEqual(none);
});

test('what was reversed counts as settled, and is worth nothing', async () => {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  const voided = { ref: 'I-V1-void', fields: { po: 'V1', client: 'Acme', kind: 'credit' } };
  await putRecords(sql, workspace, [invoice('V1', 100_00n), invoice('V1', -100_00n, voided)]);
  const reversals = [
    { side: 'actual', when: recordExpression('actual', "kind = 'credit'"), names: ['po'], named: ['po'] },
  ] as const;
  await runLedger(sql, workspace, {
    spec: aSpec({ reversals }),
    now: new Date(FROM),
    cutoffAt: new Date(FROM),
  });

  const { autoResolved } = await read(workspace, { kind: 'everything' });
  expect(autoResolved).toEqual({ count: 1, money: [{ minor: 0n, currency: 'USD' }] });
});

test('what a rule settled counts where no record has an amount', async () => {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  const bare = { amountMinor: undefined, currency: undefined };
  await putRecords(sql, workspace, [order('N1', 0n, bare), invoice('N1', 0n, bare)]);
  const alone = expression('count(expected) = 1');
  const sides = { feed: '', amount: undefined, date: 'on' };
  await runLedger(sql, workspace, {
    spec: aSpec({
      expected: { ...sides, feed: aSpec().expected.feed },
      actual: { ...sides, feed: aSpec().actual.feed },
      verify: [{ ...PACING, expect: alone }],
    }),
    now: new Date(FROM),
    cutoffAt: new Date(FROM),
  });

  const { autoResolved } = await read(workspace, { kind: 'everything' });
  expect(autoResolved).toEqual({ count: 1, money: [] });
});
