import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { approveProposal, rejectProposal } from '../../../src/pipeline/act/decide-four-eyes.ts';
import { proposeRelease } from '../../../src/pipeline/act/propose-release.ts';
import { releaseHold } from '../../../src/pipeline/act/release-hold.sql.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { sweep } from '../../../src/pipeline/act/sweep.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import {
  AT,
  CHARGE,
  HOLDING_SPEC,
  holdsOf,
  MONEY,
  onHold,
  openProposal,
  proposalsOf,
} from '../../support/adjusting.ts';
import { testDatabase } from '../../support/database.ts';
import {
  invoice,
  noticesOf,
  onlyException,
  press,
  putRecords,
  RESOLVING,
  runLedger,
  type SeededWorkspace,
  trailOf,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const LATER = new Date(AT.getTime() + 3_600_000);

type Said = { reason?: string; note?: string; evidence?: string };

async function askAs(workspace: SeededWorkspace, who: string, said: Said = {}) {
  const [hold] = await holdsOf(sql, workspace);
  const asking = {
    workspaceId: workspace.workspaceId,
    personId: workspace.people[who] ?? who,
    requestKey: newId(),
  };
  const input = {
    ...asking,
    hold: hold?.hold_id ?? '',
    reason: 'agreed_with_payee',
    note: '',
    evidence: undefined,
  };
  return proposeRelease(sql, { ...input, ...said }, { money: MONEY_WITHOUT_CODES, now: AT });
}

const MONEY_WITHOUT_CODES = { ...MONEY, reasonCodes: [] };

const decision = async (workspace: SeededWorkspace, who: string) => ({
  workspaceId: workspace.workspaceId,
  personId: workspace.people[who] ?? who,
  requestKey: newId(),
  proposalId: await openProposal(sql, workspace),
});

const approveAs = async (workspace: SeededWorkspace, who: string, now = AT) =>
  approveProposal(sql, await decision(workspace, who), { zone: 'UTC', now });

const whole = async ({ workspaceId }: SeededWorkspace) =>
  (await verifyAudit(sql, { workspaceId, anchors: [] })).problems;

describe('a payment on hold', () => {
  it('is let go by two people, while its exception stays open', async () => {
    const workspace = await onHold(sql);

    expect(await askAs(workspace, 'fay', { note: 'agreed on the phone' })).toMatchObject({ ok: true });
    expect(await holdsOf(sql, workspace)).toMatchObject([{ state: 'open' }]);
    expect(await noticesOf(sql, workspace)).toMatchObject([
      { address: 'team:finance', payload: { money: 'proposal' } },
    ]);

    expect(await approveAs(workspace, 'hugo')).toMatchObject({ ok: true });
    expect(await holdsOf(sql, workspace)).toMatchObject([
      {
        state: 'released',
        released_how: 'approved',
        released_by: 'hugo',
        release_reason: 'agreed_with_payee',
      },
    ]);
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'open', version: 2 });
    expect((await trailOf(sql, workspace)).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['proposal.made', 'exception.release', 'proposal.approved', 'hold.released']),
    );
    expect(await whole(workspace)).toEqual([]);
  });

  it('is asked about by the owner of its exception too', async () => {
    const workspace = await onHold(sql);
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));

    expect(await askAs(workspace, 'ana')).toMatchObject({ ok: true });
    expect(await approveAs(workspace, 'fay')).toMatchObject({ ok: true });
  });

  it('stays on hold when the other person says no, and can be asked about again', async () => {
    const workspace = await onHold(sql);
    await askAs(workspace, 'fay');

    const rejected = await rejectProposal(sql, { ...(await decision(workspace, 'hugo')), reason: 'not yet' });
    expect(rejected).toMatchObject({ ok: true });
    expect(await holdsOf(sql, workspace)).toMatchObject([{ state: 'open' }]);
    expect(await proposalsOf(sql, workspace)).toMatchObject([
      { state: 'rejected', decision_note: 'not yet' },
    ]);
    expect(await askAs(workspace, 'fay')).toMatchObject({ ok: true });
  });

  it('stays on hold when nobody decides in time', async () => {
    const workspace = await onHold(sql);
    await askAs(workspace, 'fay');
    const due = { workspaceId: workspace.workspaceId, zone: 'UTC' };

    expect(await sweep(sql, { ...due, now: LATER })).toMatchObject({ undecided: 1 });
    expect(await sweep(sql, { ...due, now: LATER })).toMatchObject({ undecided: 0 });
    expect(await holdsOf(sql, workspace)).toMatchObject([{ state: 'open' }]);
    expect(await proposalsOf(sql, workspace)).toMatchObject([{ state: 'lapsed', decided_by: null }]);
  });

  it('is held again when its documents change after it was let go', async () => {
    const workspace = await onHold(sql);
    await askAs(workspace, 'fay');
    await approveAs(workspace, 'hugo');
    await putRecords(sql, workspace, [{ ...CHARGE, amountMinor: 250_00n }]);
    await runLedger(sql, workspace, { spec: HOLDING_SPEC });

    expect(await holdsOf(sql, workspace)).toMatchObject([{ state: 'released' }, { state: 'open' }]);
  });
});

describe('refused, and still on hold', () => {
  it('whoever asked, though they may approve others', async () => {
    const workspace = await onHold(sql);
    await askAs(workspace, 'fay');

    expect(await approveAs(workspace, 'fay')).toEqual({ ok: false, refusal: { code: 'own_proposal' } });
    expect(await holdsOf(sql, workspace)).toMatchObject([{ state: 'open' }]);
  });

  it.each(['ana', 'guest'])('%s, who may not ask', async (who) => {
    const workspace = await onHold(sql);

    expect(await askAs(workspace, who)).toMatchObject({
      refusal: { code: 'not_permitted', action: 'release' },
    });
    expect((await trailOf(sql, workspace)).at(-1)).toMatchObject({ action: 'authz.denied' });
  });

  it('whoever may not approve, and whoever lost the role meanwhile', async () => {
    const workspace = await onHold(sql);
    await askAs(workspace, 'fay');
    expect(await approveAs(workspace, 'ana')).toMatchObject({ refusal: { code: 'not_permitted' } });
    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`delete from role_grant where person_id = ${workspace.people.hugo ?? ''}`,
    );

    expect(await approveAs(workspace, 'hugo')).toMatchObject({ refusal: { code: 'not_permitted' } });
    expect(await holdsOf(sql, workspace)).toMatchObject([{ state: 'open' }]);
  });

  it('an approval after its time', async () => {
    const workspace = await onHold(sql);
    await askAs(workspace, 'fay');

    expect(await approveAs(workspace, 'hugo', LATER)).toMatchObject({
      refusal: { code: 'proposal_over', how: 'lapsed' },
    });
    expect(await holdsOf(sql, workspace)).toMatchObject([{ state: 'open' }]);
  });

  it.each([
    ['no reason code', { reason: '' }, { code: 'reason_code_required' }],
    ['one that is none', { reason: 'because' }, { code: 'unknown_reason_code' }],
    ['an address that is none', { evidence: 'ftp://x' }, { code: 'evidence_unreadable' }],
  ])('%s', async (_what, said, refusal) => {
    const workspace = await onHold(sql);

    expect(await askAs(workspace, 'fay', said)).toMatchObject({ refusal });
    expect(await proposalsOf(sql, workspace)).toEqual([]);
  });

  it('a second question about the same hold', async () => {
    const workspace = await onHold(sql);
    await askAs(workspace, 'fay');

    expect(await askAs(workspace, 'olga')).toMatchObject({
      refusal: { code: 'already_asked', byName: 'Fay Lindqvist', until: LATER },
    });
  });

  it('an approval once the exception was resolved, whose question then ends', async () => {
    const workspace = await onHold(sql);
    await askAs(workspace, 'fay');
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
    const request = press(workspace, 'ana', await onlyException(sql, workspace));
    await resolve(sql, { ...request, code: 'accepted', note: '', amount: undefined }, RESOLVING);

    expect(await approveAs(workspace, 'hugo')).toMatchObject({ refusal: { code: 'hold_over' } });
    await sweep(sql, { workspaceId: workspace.workspaceId, zone: 'UTC', now: AT });
    expect(await proposalsOf(sql, workspace)).toMatchObject([{ state: 'lapsed' }]);
    expect(await askAs(workspace, 'fay')).toMatchObject({ refusal: { code: 'hold_over' } });
  });
});

async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const waiting = await sql`select from pg_locks where not granted`;
    if (waiting.length > 0) return;
  }
}

describe('a hold with a policy', () => {
  async function expiring(): Promise<SeededWorkspace> {
    const seeded = await onHold(sql);
    await inWorkspace(
      sql,
      seeded.workspaceId,
      (tx) =>
        tx`insert into hold_policy (workspace_id, kind, expire_ms) values (${seeded.workspaceId}, 'payout', 60000)`,
    );
    await askAs(seeded, 'fay');
    await approveAs(seeded, 'hugo');
    await putRecords(sql, seeded, [{ ...CHARGE, amountMinor: 250_00n }]);
    await runLedger(sql, seeded, { spec: HOLDING_SPEC });
    return seeded;
  }

  it('ends by itself once, and says so on the trail, to its team, to finance, and in the thread', async () => {
    const workspace = await expiring();
    const due = { workspaceId: workspace.workspaceId, zone: 'UTC', moneyTeam: 'finance' };
    const now = new Date(Date.now() + 61_000);

    expect(await sweep(sql, { ...due, now: new Date() })).toMatchObject({ expired: 0 });
    expect(await sweep(sql, { ...due, now })).toMatchObject({ expired: 1 });
    expect(await sweep(sql, { ...due, now })).toMatchObject({ expired: 0 });
    expect((await holdsOf(sql, workspace)).at(-1)).toMatchObject({
      state: 'released',
      released_how: 'expired',
      released_by: null,
      release_reason: 'HOLD_EXPIRED',
    });
    const told = (await noticesOf(sql, workspace)).filter(({ payload }) => payload.notice === 'hold_expired');
    expect(told.map(({ address }) => address)).toEqual(['team:finance', 'team:media_ops']);
    expect((await trailOf(sql, workspace)).slice(-2).map(({ action }) => action)).toEqual([
      'exception.release',
      'hold.released',
    ]);
    expect(await whole(workspace)).toEqual([]);
  });

  it('that ends while somebody approves its release is told of as over', async () => {
    const workspace = await expiring();
    const { workspaceId } = workspace;
    const held = (await holdsOf(sql, workspace)).at(-1);
    const asked = await proposeRelease(
      sql,
      {
        workspaceId,
        personId: workspace.people.fay ?? '',
        requestKey: newId(),
        hold: held?.hold_id ?? '',
        reason: 'agreed_with_payee',
        note: '',
        evidence: undefined,
      },
      { money: MONEY_WITHOUT_CODES, now: AT },
    );
    expect(asked).toMatchObject({ ok: true });

    const approving = await inWorkspace(sql, workspaceId, async (tx) => {
      await tx`select from exception for update`;
      const approval = approveAs(workspace, 'hugo').then((answer) => ({ answer }));
      await untilSomebodyWaits();
      await releaseHold(tx, {
        workspaceId,
        holdId: held?.hold_id ?? '',
        how: 'expired',
        at: new Date(Date.now() + 61_000),
        personId: undefined,
        reason: 'HOLD_EXPIRED',
        note: undefined,
        actor: { kind: 'program', name: 'timer' },
      });
      return { approval };
    });

    expect(await approving.approval).toMatchObject({ answer: { ok: false, refusal: { code: 'hold_over' } } });
    expect(await whole(workspace)).toEqual([]);
  });

  it('ends together with others in one message to each, which lists the largest and says what they come to', async () => {
    const workspace = await expiring();
    const charges = Array.from({ length: 12 }, (_, index) =>
      invoice(`1${index}`, BigInt(index + 1) * 100_00n, {
        fields: { po: `1${index}`, client: 'Acme', vendor: 'Kestrel' },
      }),
    );
    await putRecords(sql, workspace, charges);
    await runLedger(sql, workspace, { spec: HOLDING_SPEC });
    const now = new Date(Date.now() + 61_000);

    const swept = await sweep(sql, {
      workspaceId: workspace.workspaceId,
      zone: 'UTC',
      moneyTeam: 'finance',
      now,
    });

    expect(swept).toMatchObject({ expired: 13 });
    const told = (await noticesOf(sql, workspace)).filter(
      ({ payload }) => payload.notice === 'holds_expired',
    );
    expect(told.map(({ address }) => address)).toEqual(['team:finance', 'team:media_ops']);
    expect(told[0]?.payload).toMatchObject({
      count: 13,
      total: { minor: String(78 * 100_00 + 250_00), currency: 'USD' },
      lines: [{ amount: { minor: '120000' } }, ...Array.from({ length: 9 }, () => expect.anything())],
    });
    expect(await whole(workspace)).toEqual([]);
  });
});

it('is not asked for where everybody who could approve has left Slack', async () => {
  const workspace = await onHold(sql);
  const { workspaceId, people } = workspace;
  await inWorkspace(
    sql,
    workspaceId,
    (tx) =>
      tx`update person set left_at = now() where workspace_id = ${workspaceId} and person_id <> ${people.fay ?? ''}`,
  );

  expect(await askAs(workspace, 'fay')).toEqual({ ok: false, refusal: { code: 'nobody_to_approve' } });
  expect(await proposalsOf(sql, workspace)).toEqual([]);
});
