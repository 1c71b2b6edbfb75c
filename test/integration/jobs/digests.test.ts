import { afterAll, describe, expect, test } from 'vitest';
import type { Organisation } from '../../../src/core/organisation.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { digestPlans } from '../../../src/jobs/digest-plans.ts';
import { startDigests } from '../../../src/jobs/digests.ts';
import { sendDigest } from '../../../src/jobs/send-digest.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import { digestIn } from '../../../src/slack/sender/digest-message.ts';
import { testDatabase } from '../../support/database.ts';
import { aSpec, ORGANISATION, type SeededWorkspace, seedWorkspace } from '../../support/ledger.ts';
import { type MadeUp, putExceptions } from '../../support/many-exceptions.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs', max: 8 });
afterAll(() => sql.end());

const team = { channel: '#x', members: [], lead: undefined };
const organisation: Organisation = {
  ...ORGANISATION,
  zone: 'Europe/Berlin',
  calendar: { zone: 'Europe/Berlin', workdays: [1, 2, 3, 4, 5], holidays: ['2026-11-25'] },
  teams: [
    { ...team, key: 'media_ops', name: 'Media Ops' },
    { ...team, key: 'finance', name: 'Finance', zone: 'America/New_York' },
  ],
  clients: [
    { name: 'Acme', accountManager: 'ana', locale: 'de-DE' },
    { name: 'Zeta', accountManager: 'ana', locale: undefined },
    { name: 'Other', accountManager: undefined, locale: undefined },
  ],
  digest: { at: '08:00', accountManagersAt: '18:00' },
};

/** Opened on Friday the 20th at noon, due on Monday. */
const open = (number: number, changes: Partial<MadeUp> = {}): MadeUp => ({
  number,
  type: 'missing_invoice',
  team: 'media_ops',
  owner: undefined,
  client: 'Acme',
  currency: 'USD',
  minor: 100_00n,
  status: 'open',
  openedAt: new Date('2026-11-20T12:00:00Z'),
  closedAt: undefined,
  dueAt: new Date('2026-11-23T12:00:00Z'),
  pausedAt: undefined,
  ...changes,
});

const planOf = (key: string) => {
  const plan = digestPlans(organisation).find((one) => one.key === key);
  if (!plan) throw new Error(`no plan ${key}`);
  return plan;
};
const TEAM = planOf('digest.team.media_ops');
const MANAGER = planOf('digest.person.ana');

/** A workspace whose digests were first looked at on Friday the 20th, late in the morning. */
async function watched(rows: readonly MadeUp[]) {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putExceptions(sql, workspace, rows);
  const { workspaceId } = workspace;
  const look = async (at: string, plan = TEAM, pool = sql) => {
    const terms = { sql: pool, workspaceId, organisation, specs: [aSpec()] };
    return (await sendDigest(terms, plan, new Date(`2026-11-${at}:00Z`))).outcome;
  };
  for (const plan of [TEAM, MANAGER]) await look('20T11:00', plan);
  return { workspace, look };
}

type Sent = { dedupe_key: string; address: string; payload: unknown };
const digestsOf = (workspace: SeededWorkspace) =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => {
    const rows = await tx<Sent[]>`
      select dedupe_key, address, payload from outbox where kind = 'digest' order by dedupe_key`;
    return rows.map(({ payload, ...row }) => ({ ...row, facts: digestIn(payload) }));
  });

describe('a team’s digest', () => {
  test('comes at the local hour of a working day, once, with what was true then', async () => {
    const { workspace, look } = await watched([
      open(1),
      open(2, { openedAt: new Date('2026-11-10T12:00:00Z') }),
    ]);
    expect(await look('21T12:00')).toBe('not_due');
    expect(await look('23T06:59')).toBe('not_due');
    expect(await look('23T07:00')).toBe('sent');
    expect(await look('23T07:01')).toBe('not_due');
    const [only, ...others] = await digestsOf(workspace);
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      dedupe_key: 'digest:team:media_ops:2026-11-23',
      address: 'team:media_ops',
      facts: {
        about: { kind: 'team', name: 'Media Ops' },
        from: new Date('2026-11-20T11:00:00Z'),
        until: new Date('2026-11-23T07:00:00Z'),
        opened: { count: 1, money: [{ minor: 100_00n, currency: 'USD' }] },
        aged: { count: 1 },
        live: { count: 2 },
        dueSoon: { count: 2 },
      },
    });
  });

  test('is sent by one of many instances that look at the same time', async () => {
    const { workspace, look } = await watched([open(1)]);
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => look('23T07:00')));
    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(1);
    expect(await digestsOf(workspace)).toHaveLength(1);
  });

  test('that was missed for days is caught up once, over all of them', async () => {
    const { workspace, look } = await watched([open(1)]);
    expect(await look('27T15:00')).toBe('sent');
    const sent = await digestsOf(workspace);
    expect(sent.map(({ dedupe_key }) => dedupe_key)).toEqual(['digest:team:media_ops:2026-11-27']);
    expect(sent[0]?.facts).toMatchObject({ opened: { count: 1 }, from: new Date('2026-11-20T11:00:00Z') });
  });

  test('is not due on a holiday', async () => {
    const { look } = await watched([open(1)]);
    expect(await look('24T07:00')).toBe('sent');
    expect(await look('25T12:00')).toBe('not_due');
    expect(await look('26T07:00')).toBe('sent');
  });

  test('is no message when nothing is open and nothing happened', async () => {
    const closed = {
      status: 'cleared',
      openedAt: new Date('2026-11-01T00:00:00Z'),
      closedAt: new Date('2026-11-02T00:00:00Z'),
    } as const;
    const { workspace, look } = await watched([open(1, closed), open(2, { team: 'finance' })]);
    expect(await look('23T07:00')).toBe('nothing_to_tell');
    expect(await look('23T07:01')).toBe('not_due');
    expect(await digestsOf(workspace)).toEqual([]);
  });

  test('waits for a run that began before it, but not for one that was killed', async () => {
    const { workspace, look } = await watched([open(1)]);
    const { workspaceId } = workspace;
    await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx`
        update run set status = 'running', finished_at = null, started_at = '2026-11-23T06:59:00Z'
        where workspace_id = ${workspaceId}`,
    );
    expect(await look('23T07:00')).toBe('run_under_way');
    expect(await look('23T07:28')).toBe('run_under_way');
    expect(await look('23T07:30')).toBe('sent');
  });

  test('stays due when putting it into the outbox fails', async () => {
    const { workspace, look } = await watched([open(1)]);
    const { workspaceId } = workspace;
    const broken = { ...TEAM, scope: { kind: 'team', team: '\u0000' } } as const;
    await expect(look('23T07:00', broken)).rejects.toThrow();
    expect(await look('23T07:01')).toBe('sent');
    const rows = await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx`select address from lane where address = 'team:media_ops'`,
    );
    expect(rows).toHaveLength(1);
  });
});

test('each team’s day begins in its own zone', async () => {
  const finance = planOf('digest.team.finance');
  const { look } = await watched([open(1, { team: 'finance' })]);
  await look('20T14:00', finance);
  expect(await look('23T12:59', finance)).toBe('not_due');
  expect(await look('23T13:00', finance)).toBe('sent');
});

describe('an account manager’s summary', () => {
  test('is a direct message about their clients alone, in the evening', async () => {
    const rows = [open(1), open(2, { client: 'ZETA', team: 'finance' }), open(3, { client: 'Other' })];
    const { workspace, look } = await watched(rows);
    expect(await look('20T17:00', MANAGER)).toBe('sent');
    const address = `person:${workspace.people.ana}`;
    expect(await digestsOf(workspace)).toMatchObject([
      {
        dedupe_key: `digest:${address}:2026-11-20`,
        address,
        facts: {
          about: { kind: 'clients', clients: ['Acme', 'Zeta'] },
          by: 'client',
          live: { count: 2 },
          items: [{ number: 1, amountTag: 'de-DE' }, { number: 2 }],
        },
      },
    ]);
  });

  test('is for nobody who is not active', async () => {
    const { workspace, look } = await watched([open(1)]);
    const { workspaceId } = workspace;
    await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx`update person set is_active = false where workspace_id = ${workspaceId} and key = 'ana'`,
    );
    expect(await look('20T17:00', MANAGER)).toBe('nothing_to_tell');
  });
});

test('a service that starts looks at once, and again after a restart', async () => {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putExceptions(sql, workspace, [open(1)]);
  const { workspaceId } = workspace;
  const logger = createLogger({ level: 'silent' });
  const lookAt = async (at: string) => {
    const clock = () => new Date(at);
    const terms = { sql, workspaceId, organisation, specs: [aSpec()] };
    await startDigests({ ...terms, logger, clock }).stop();
  };
  await lookAt('2026-11-20T11:00:00Z');
  await lookAt('2026-11-23T19:00:00Z');
  await lookAt('2026-11-23T20:00:00Z');
  const addresses = (await digestsOf(workspace)).map(({ address }) => address);
  expect(addresses.toSorted()).toEqual([`person:${workspace.people.ana}`, 'team:media_ops']);
});

test('nothing is due that the configuration turns off', () => {
  const off = { at: undefined, accountManagersAt: undefined };
  expect(digestPlans({ ...organisation, digest: off })).toEqual([]);
});
