import { afterAll, describe, expect, it } from 'vitest';
import { parseSlaTerm } from '../../../src/core/duration.ts';
import type { SlaTerm } from '../../../src/core/sla.ts';
import type { SlaPolicy } from '../../../src/core/sla-policy.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { MOST_DUE } from '../../../src/pipeline/act/due-promises.sql.ts';
import { reopen } from '../../../src/pipeline/act/reopen.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { staleClaims } from '../../../src/pipeline/act/stale-claims.sql.ts';
import { sweepPromises } from '../../../src/pipeline/act/sweep-promises.ts';
import { wait } from '../../../src/pipeline/act/wait.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import {
  exceptionsOf,
  NOW,
  noticesOf,
  onlyException,
  order,
  press,
  putRecords,
  RESOLVING,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
  trailOf,
} from '../../support/ledger.ts';
import { madeUp, putExceptions } from '../../support/many-exceptions.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs', max: 8 });
afterAll(() => sql.end());

function term(text: string): SlaTerm {
  const read = parseSlaTerm(text);
  if (!read) throw new Error(`"${text}" is no term`);
  return read;
}

/** Due an hour after it was opened, as the ledger's ownership row says. */
const POLICY: SlaPolicy = {
  key: 'default',
  claim: term('20m'),
  resolve: undefined,
  waitPauses: true,
  steps: [
    { at: { kind: 'claim' }, text: 'claim', does: 'remind', to: [{ kind: 'channel' }] },
    { at: { kind: 'share', percent: 50 }, text: '50%', does: 'remind', to: [{ kind: 'owner' }] },
    {
      at: { kind: 'due', after: undefined },
      text: 'due',
      does: 'escalate',
      to: [{ kind: 'person', key: 'olga' }, { kind: 'channel' }],
    },
    {
      at: { kind: 'due', after: term('30m') },
      text: 'due + 30m',
      does: 'escalate',
      to: [{ kind: 'team', key: 'finance' }],
    },
  ],
  stale: { remind: term('2d'), release: term('3d') },
};

const minutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000);

async function seed(count = 1): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  const rows = Array.from({ length: count }, (_, index) => order(String(index), 100_00n));
  await putRecords(sql, workspace, rows);
  await runLedger(sql, workspace);
  return workspace;
}

const sweepAt = (workspace: SeededWorkspace, minute: number, policy: SlaPolicy = POLICY) =>
  sweepPromises(sql, {
    workspaceId: workspace.workspaceId,
    organisation: { ...workspace.organisation, slaPolicies: { default: policy } },
    now: minutes(minute),
  });

const told = async (workspace: SeededWorkspace) =>
  (await noticesOf(sql, workspace)).map(({ address, payload }) => [
    'step' in payload ? payload.step : payload.notice,
    address.replace(workspace.people.olga ?? '-', 'olga').replace(workspace.people.ana ?? '-', 'ana'),
  ]);

const actions = async (workspace: SeededWorkspace) =>
  (await trailOf(sql, workspace))
    .filter(({ action }) => action.startsWith('exception.'))
    .map(({ action, body }) => [action.slice(10), body.reason]);

describe('what a policy promises', () => {
  it('comes step by step, each once, with its event, its level and its message', async () => {
    const workspace = await seed();
    for (const minute of [0, 19, 20, 21, 30, 59, 60, 61, 90, 91, 600]) await sweepAt(workspace, minute);

    expect(await told(workspace)).toEqual(
      [
        ['breach', 'person:olga'],
        ['escalation', 'team:finance'],
        ['unclaimed', 'team:media_ops'],
        ['reminder', 'team:media_ops'],
        ['breach', 'team:media_ops'],
      ].sort((a, b) => ((a[1] ?? '') < (b[1] ?? '') ? -1 : 1)),
    );
    expect(await actions(workspace)).toEqual([
      ['opened', expect.any(String)],
      ['remind', 'NOT_CLAIMED_IN_TIME'],
      ['remind', 'DUE_SOON'],
      ['breach', 'NOT_RESOLVED_IN_TIME'],
      ['escalate', 'STILL_NOT_RESOLVED'],
    ]);
    expect(await onlyException(sql, workspace)).toMatchObject({ level: 2, status: 'open', version: 3 });
    const verified = await verifyAudit(sql, { workspaceId: workspace.workspaceId, anchors: [] });
    expect(verified.problems).toEqual([]);
  });

  it('is caught up by one sweep after an outage: all on the record, and one message', async () => {
    const workspace = await seed();

    expect(await sweepAt(workspace, 600)).toMatchObject({ planned: 1, reminded: 2, escalated: 2 });

    expect(await told(workspace)).toEqual([['escalation', 'team:finance']]);
    expect(await onlyException(sql, workspace)).toMatchObject({ level: 2 });
  });

  it('is not done twice when the clock jumps back', async () => {
    const workspace = await seed();
    for (const minute of [60, 0, 30, 60, 61]) await sweepAt(workspace, minute);

    expect(await onlyException(sql, workspace)).toMatchObject({ level: 1 });
    expect(await told(workspace)).toHaveLength(2);
  });

  it('is done once when eight instances sweep at the same time', async () => {
    const workspace = await seed(20);

    const swept = await Promise.all(Array.from({ length: 8 }, () => sweepAt(workspace, 60)));

    expect(swept.reduce((sum, one) => sum + (one?.escalated ?? 0), 0)).toBe(20);
    expect((await exceptionsOf(sql, workspace)).map(({ level }) => level)).toEqual(Array(20).fill(1));
  });

  it('is one message for many at once, with their sum', async () => {
    const workspace = await seed(25);
    await sweepAt(workspace, 0);
    await sweepAt(workspace, 60);

    const breach = (await noticesOf(sql, workspace)).find(({ address }) => address.startsWith('person:'));
    expect(breach?.payload).toMatchObject({
      step: 'breach',
      count: 25,
      total: { minor: '250000', currency: 'USD' },
      exceptions: { length: 10 },
    });
  });

  it('lets others come in between when thousands are due at once, and takes all of them', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    const [one] = madeUp(NOW, 1, 1);
    if (!one) throw new Error('one was asked for');
    const isOpen = { status: 'open', owner: undefined, closedAt: undefined, pausedAt: undefined } as const;
    const late = { ...one, ...isOpen, openedAt: minutes(-60), dueAt: NOW };
    const rows = Array.from({ length: MOST_DUE + 10 }, (_, index) => ({ ...late, number: 5_000 + index }));
    await putExceptions(sql, workspace, rows);

    const { organisation, workspaceId } = workspace;
    const swept = await sweepPromises(sql, { workspaceId, organisation, now: NOW });

    expect(swept).toMatchObject({ escalated: MOST_DUE + 10 });
    const parts = await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx<{ count: number }[]>`
      select count(*)::integer as count from audit_event where action = 'exception.breach' group by xmin::text order by 1`,
    );
    expect(parts.map(({ count }) => count)).toEqual([10, MOST_DUE]);
    expect((await noticesOf(sql, workspace)).map(({ address }) => address)).toEqual([
      'team:media_ops',
      'team:media_ops',
    ]);
  });

  it('leaves the owner, the status and the promise of what was handed on or claimed', async () => {
    const workspace = await seed();
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
    for (const minute of [20, 30, 60]) await sweepAt(workspace, minute);

    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'claimed', owner: 'ana', level: 1 });
    expect(await told(workspace)).toEqual(
      expect.arrayContaining([
        ['reminder', 'person:ana'],
        ['breach', 'person:olga'],
      ]),
    );
    expect((await told(workspace)).map(([step]) => step)).not.toContain('unclaimed');
  });

  it('stands still while something waits whose policy says so, and is moved by as long', async () => {
    const workspace = await seed();
    await sweepAt(workspace, 0);
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
    await wait(
      sql,
      {
        ...press(workspace, 'ana', await onlyException(sql, workspace)),
        until: '2026-12-01',
        note: 'The credit',
      },
      { ...workspace.organisation, now: minutes(10) },
    );

    await sweepAt(workspace, 300);

    expect(await told(workspace)).toEqual([]);
  });

  it('ends with the exception, and begins anew when it is reopened', async () => {
    const workspace = await seed();
    await sweepAt(workspace, 0);
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
    await resolve(
      sql,
      {
        ...press(workspace, 'ana', await onlyException(sql, workspace)),
        code: 'accepted',
        note: '',
        amount: '',
      },
      { ...RESOLVING, codes: workspace.organisation.resolutionCodes },
    );
    await sweepAt(workspace, 300);
    expect(await told(workspace)).toEqual([]);

    await reopen(
      sql,
      { ...press(workspace, 'ana', await onlyException(sql, workspace)), reason: 'It was wrong' },
      { ...workspace.organisation, now: minutes(400) },
    );
    await sweepAt(workspace, 461);

    expect((await told(workspace)).map(([step]) => step)).toEqual(['breach', 'breach']);
    const promises = await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`select is_current, policy_version is not null as planned from promise order by promised_at`,
    );
    expect(promises.map((row) => ({ ...row }))).toEqual([
      { is_current: false, planned: true },
      { is_current: true, planned: true },
    ]);
  });
});

describe('a claim under which nothing happens', () => {
  const day = 24 * 60;

  it('is reminded of once, then given back and told, and is anybody’s again', async () => {
    const quiet: SlaPolicy = { ...POLICY, steps: [] };
    const workspace = await seed();
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
    const claimedAt = (Date.now() - NOW.getTime()) / 60_000; // the press is of now, the ledger's day long ago
    await sweepAt(workspace, claimedAt + day, quiet);
    expect(await told(workspace)).toEqual([]);

    for (const days of [2.1, 2.2, 2.9]) await sweepAt(workspace, claimedAt + days * day, quiet);
    expect(await told(workspace)).toEqual([['stale', 'person:ana']]);

    for (const days of [3.2, 3.3]) await sweepAt(workspace, claimedAt + days * day, quiet);
    expect(await told(workspace)).toEqual([
      ['stale', 'person:ana'],
      ['released', 'person:ana'],
      ['released', 'team:media_ops'],
    ]);
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'open', owner: null });
    expect((await actions(workspace)).at(-1)).toEqual(['unclaim', 'STALE_CLAIM']);
  });

  it('is not looked up on the trail between its reminder and its end', async () => {
    const workspace = await seed();
    const { workspaceId } = workspace;
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
    const claimedAt = (Date.now() - NOW.getTime()) / 60_000;
    await sweepAt(workspace, claimedAt + 2.1 * day, { ...POLICY, steps: [] });
    const at = (days: number) => minutes(claimedAt + days * day);

    const lookUps = await inWorkspace(sql, workspaceId, async (tx) => {
      const rules = [{ policy: 'default', remindBefore: at(0.4), releaseBefore: at(-0.6) }];
      const found = await staleClaims(tx, { workspaceId, rules, now: at(2.4) });
      const [scans] = await tx<{ count: number }[]>`
        select sum(pg_stat_get_xact_numscans(c.oid))::integer as count
        from pg_class c
        where c.oid = 'tieout.audit_event'::regclass
           or c.oid in (select i.indexrelid from pg_index i where i.indrelid = 'tieout.audit_event'::regclass)`;
      return { found, events: scans?.count };
    });

    expect(lookUps).toEqual({ found: [], events: 0 });
  });
});
