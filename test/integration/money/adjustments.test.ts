import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { approve } from '../../../src/pipeline/act/approve.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { reject } from '../../../src/pipeline/act/reject.ts';
import { reopen } from '../../../src/pipeline/act/reopen.ts';
import { type ResolveInput, resolve } from '../../../src/pipeline/act/resolve.ts';
import { sweep } from '../../../src/pipeline/act/sweep.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { AT, entriesOf, MONEY, overbilled, proposalsOf, TERMS } from '../../support/adjusting.ts';
import { testDatabase } from '../../support/database.ts';
import {
  invoice,
  noticesOf,
  onlyException,
  press,
  putRecords,
  rowCounts,
  runLedger,
  type SeededWorkspace,
  trailOf,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const LATER = new Date(AT.getTime() + 3_600_000);
const ADJUST = { code: 'adjusted', note: 'agreed', amount: '40', reason: 'billing_error' };
const ABOVE = { ...ADJUST, amount: '80.00' };

type Said = Partial<Pick<ResolveInput, 'code' | 'note' | 'amount' | 'evidence' | 'reason' | 'period'>>;

async function resolveAs(workspace: SeededWorkspace, who: string, said: Said, terms = {}) {
  const request = press(workspace, who, await onlyException(sql, workspace));
  return resolve(sql, { ...request, ...ADJUST, ...said }, { ...TERMS, now: AT, ...terms });
}

const approveAs = async (workspace: SeededWorkspace, who: string, now = AT) =>
  approve(sql, press(workspace, who, await onlyException(sql, workspace)), { zone: 'UTC', now });

const rejectAs = async (workspace: SeededWorkspace, who: string, reason = 'not agreed') =>
  reject(sql, { ...press(workspace, who, await onlyException(sql, workspace)), reason }, AT);

const closePeriods = (workspace: SeededWorkspace, ...periods: string[]) =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => {
    for (const period of periods) {
      await tx`insert into period (workspace_id, scope, period, is_closed, reason, changed_at, last_seq)
               values (${workspace.workspaceId}, ${period}, ${period}, true, 'test', now(), 1)`;
    }
  });

const whole = async (workspace: SeededWorkspace) =>
  (await verifyAudit(sql, { workspaceId: workspace.workspaceId, anchors: [] })).problems;

describe('an adjustment within the limit', () => {
  it('is applied at once, as an entry of the month of its documents', async () => {
    const workspace = await overbilled(sql);

    const answer = await resolveAs(workspace, 'ana', { evidence: 'https://vendor.example/7' });

    expect(answer).toMatchObject({ ok: true, value: { status: 'resolved' } });
    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'resolved',
      resolution_code: 'adjusted',
      resolution_minor: 40_00n,
    });
    expect(await entriesOf(sql, workspace)).toMatchObject([
      {
        kind: 'adjustment',
        code: 'adjusted',
        reason_code: 'billing_error',
        amount_minor: 40_00n,
        currency: 'USD',
        original_period: '2026-10',
        booked_period: '2026-10',
        client: 'Acme',
        order_ref: '1',
        direction: 'over',
        made_by: 'ana',
        approved_by: null,
        limit_minor: 50_00n,
      },
    ]);
    const [entry] = await entriesOf(sql, workspace);
    const event = (await trailOf(sql, workspace)).find(({ seq }) => seq === entry?.number);
    expect(event).toMatchObject({
      action: 'adjustment.applied',
      body: {
        reason: 'billing_error',
        data: { amount_minor: '4000', booked_period: '2026-10', made_by: workspace.people.ana },
      },
    });
    expect(await whole(workspace)).toEqual([]);
  });

  it('is booked to the open month, with the month it belongs to named', async () => {
    const workspace = await overbilled(sql);
    await closePeriods(workspace, '2026-10');

    await resolveAs(workspace, 'ana', {});

    expect(await entriesOf(sql, workspace)).toMatchObject([
      { original_period: '2026-10', booked_period: '2026-11' },
    ]);
  });

  it('belongs to the month that was chosen', async () => {
    const workspace = await overbilled(sql);
    await resolveAs(workspace, 'ana', { period: '2026-07' });

    expect(await entriesOf(sql, workspace)).toMatchObject([{ original_period: '2026-07' }]);
  });

  it('counts a person’s own limit before the one of their role', async () => {
    const workspace = await overbilled(sql);
    const own = { person: 'ana', role: undefined, upToMinor: 10_00n, currency: 'USD', books: ['adjustment'] };
    const money = { ...MONEY, limits: [...(MONEY.limits ?? []), own as never] };

    expect(await resolveAs(workspace, 'ana', {}, { money })).toMatchObject({
      value: { status: 'awaiting_approval' },
    });
  });
});

describe('an adjustment above the limit', () => {
  it('awaits approval, with nothing booked, and those who may are asked', async () => {
    const workspace = await overbilled(sql);

    const answer = await resolveAs(workspace, 'ana', ABOVE);

    expect(answer).toMatchObject({ ok: true, value: { status: 'awaiting_approval' } });
    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'awaiting_approval',
      owner: 'ana',
      resolution_code: null,
    });
    expect(await entriesOf(sql, workspace)).toEqual([]);
    expect(await proposalsOf(sql, workspace)).toMatchObject([{ state: 'open', proposed_by: 'ana' }]);
    expect(await noticesOf(sql, workspace)).toMatchObject([
      {
        address: 'team:finance',
        payload: { money: 'proposal' },
      },
    ]);
  });

  it('is booked when another person of finance approves it, and whoever proposed it is told', async () => {
    const workspace = await overbilled(sql);
    await resolveAs(workspace, 'ana', ABOVE);

    expect(await approveAs(workspace, 'fay')).toMatchObject({ ok: true, value: { status: 'resolved' } });
    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'resolved',
      owner: 'ana',
      resolution_code: 'adjusted',
      resolution_minor: 80_00n,
    });
    expect(await entriesOf(sql, workspace)).toMatchObject([
      { amount_minor: 80_00n, made_by: 'ana', approved_by: 'fay', limit_minor: null },
    ]);
    expect(await proposalsOf(sql, workspace)).toMatchObject([{ state: 'approved', decided_by: 'fay' }]);
    expect(await noticesOf(sql, workspace)).toMatchObject([
      { address: `person:${workspace.people.ana}`, payload: { notice: 'approved', by: 'Fay Lindqvist' } },
      { address: 'team:finance' },
    ]);
    expect(await whole(workspace)).toEqual([]);
  });

  it('goes back to its owner when it is rejected, with the reason', async () => {
    const workspace = await overbilled(sql);
    await resolveAs(workspace, 'ana', ABOVE);

    expect(await rejectAs(workspace, 'fay')).toMatchObject({ ok: true, value: { status: 'claimed' } });
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'claimed', owner: 'ana' });
    expect(await proposalsOf(sql, workspace)).toMatchObject([
      { state: 'rejected', decided_by: 'fay', decision_note: 'not agreed' },
    ]);
    expect(await entriesOf(sql, workspace)).toEqual([]);
    expect(await resolveAs(workspace, 'ana', {})).toMatchObject({ ok: true, value: { status: 'resolved' } });
  });

  it('is withdrawn by whoever proposed it', async () => {
    const workspace = await overbilled(sql);
    await resolveAs(workspace, 'ana', ABOVE);

    expect(await rejectAs(workspace, 'ana', 'typed wrongly')).toMatchObject({ ok: true });
    expect(await proposalsOf(sql, workspace)).toMatchObject([{ state: 'withdrawn', decided_by: 'ana' }]);
  });

  it('lapses when nobody decides in time: claimed again, nothing booked, said so', async () => {
    const workspace = await overbilled(sql);
    await resolveAs(workspace, 'ana', ABOVE);
    const due = { workspaceId: workspace.workspaceId, zone: 'UTC' };

    expect(await sweep(sql, { ...due, now: AT })).toMatchObject({ undecided: 0 });
    expect(await sweep(sql, { ...due, now: LATER })).toMatchObject({ undecided: 1 });
    expect(await sweep(sql, { ...due, now: LATER })).toMatchObject({ undecided: 0 });
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'claimed', owner: 'ana' });
    expect(await proposalsOf(sql, workspace)).toMatchObject([{ state: 'lapsed', decided_by: null }]);
    expect(await noticesOf(sql, workspace)).toContainEqual(
      expect.objectContaining({ payload: expect.objectContaining({ notice: 'proposal_lapsed' }) }),
    );
  });

  it('is booked to what is open when it is approved, not when it was proposed', async () => {
    const workspace = await overbilled(sql);
    await resolveAs(workspace, 'ana', ABOVE);
    await closePeriods(workspace, '2026-10');
    await approveAs(workspace, 'fay');

    expect(await entriesOf(sql, workspace)).toMatchObject([
      { original_period: '2026-10', booked_period: '2026-11' },
    ]);
  });
});

describe('refused in words, with nothing changed', () => {
  const CLOSED = ['2026-10', '2026-11'];

  it.each([
    ['an amount above the exception’s', { amount: '80.01' }, { code: 'amount_above' }],
    ['an amount of nothing', { amount: '0' }, { code: 'amount_not_positive' }],
    ['no amount', { amount: '' }, { code: 'amount_required' }],
    [
      'another currency by its code',
      { amount: '40 EUR' },
      { code: 'other_currency', given: 'EUR', currency: 'USD' },
    ],
    [
      'another currency by its sign',
      { amount: '€40' },
      { code: 'other_currency', given: '€', currency: 'USD' },
    ],
    ['no reason code', { reason: '' }, { code: 'reason_code_required', label: 'adjusted' }],
    [
      'a reason code of something else',
      { reason: 'uncollectible' },
      { code: 'unknown_reason_code', given: 'uncollectible', known: ['billing_error'] },
    ],
    ['a month that is none', { period: '2026-13' }, { code: 'period_unreadable', given: '2026-13' }],
    ['a month ahead', { period: '2026-12' }, { code: 'period_ahead', period: '2026-12', latest: '2026-11' }],
  ])('%s', async (_what, said, refusal) => {
    const workspace = await overbilled(sql);
    const before = await rowCounts(sql, workspace);

    expect(await resolveAs(workspace, 'ana', said)).toMatchObject({ ok: false, refusal });
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'claimed', version: 2 });
    expect(await rowCounts(sql, workspace)).toEqual({ ...before, inbox: (before.inbox ?? 0) + 1 });
    expect(await entriesOf(sql, workspace)).toEqual([]);
  });

  it('an entry while every month is closed', async () => {
    const workspace = await overbilled(sql);
    await closePeriods(workspace, ...CLOSED);

    expect(await resolveAs(workspace, 'ana', {})).toMatchObject({
      refusal: { code: 'no_open_period', period: '2026-10' },
    });
  });

  it('an approval by whoever proposed it, though they may approve others', async () => {
    const workspace = await overbilled(sql);
    await resolveAs(workspace, 'olga', ABOVE);

    expect(await approveAs(workspace, 'olga')).toEqual({ ok: false, refusal: { code: 'own_proposal' } });
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'awaiting_approval' });
  });

  it('an approval after its time, before the sweep has come by', async () => {
    const workspace = await overbilled(sql);
    await resolveAs(workspace, 'ana', ABOVE);

    expect(await approveAs(workspace, 'fay', LATER)).toEqual({
      ok: false,
      refusal: { code: 'proposal_over', how: 'lapsed' },
    });
    expect(await entriesOf(sql, workspace)).toEqual([]);
  });

  it('an approval by somebody without the role, or who lost it since the button was shown', async () => {
    const workspace = await overbilled(sql);
    await resolveAs(workspace, 'ana', ABOVE);
    expect(await approveAs(workspace, 'ben')).toMatchObject({ refusal: { code: 'not_permitted' } });

    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`delete from role_grant where person_id = ${workspace.people.fay ?? ''}`,
    );
    expect(await approveAs(workspace, 'fay')).toMatchObject({ refusal: { code: 'not_permitted' } });
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'awaiting_approval' });
  });

  it('an approval of more than is at stake by now', async () => {
    const workspace = await overbilled(sql);
    await resolveAs(workspace, 'ana', ABOVE);
    await putRecords(sql, workspace, [invoice('1', 150_00n)]);
    await runLedger(sql, workspace);

    expect(await approveAs(workspace, 'fay')).toMatchObject({
      refusal: { code: 'amount_above', most: { minor: '5000', currency: 'USD' } },
    });
    expect(await rejectAs(workspace, 'fay')).toMatchObject({ ok: true });
  });

  it('a second approval, which is told what became of it', async () => {
    const workspace = await overbilled(sql);
    await resolveAs(workspace, 'ana', ABOVE);
    await approveAs(workspace, 'fay');

    expect(await approveAs(workspace, 'hugo')).toMatchObject({
      refusal: { code: 'already_closed', byName: 'Fay Lindqvist' },
    });
    expect(await entriesOf(sql, workspace)).toHaveLength(1);
  });

  it('a proposal that nobody else could approve', async () => {
    const workspace = await overbilled(sql);
    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`delete from role_grant where role in ('finance', 'ops_lead')`,
    );

    expect(await resolveAs(workspace, 'ana', ABOVE)).toMatchObject({
      refusal: { code: 'nobody_to_approve' },
    });
  });

  it('a rejection without a reason', async () => {
    const workspace = await overbilled(sql);
    await resolveAs(workspace, 'ana', ABOVE);

    expect(await rejectAs(workspace, 'fay', ' ')).toMatchObject({ refusal: { code: 'reason_required' } });
  });
});

describe('what is adjusted', () => {
  it('is not adjusted again beyond what is at stake, though the exception was reopened', async () => {
    const workspace = await overbilled(sql);
    await resolveAs(workspace, 'ana', {});
    await reopen(
      sql,
      { ...press(workspace, 'ana', await onlyException(sql, workspace)), reason: 'more' },
      { calendar: workspace.organisation.calendar, now: AT },
    );
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));

    expect(await resolveAs(workspace, 'ana', { amount: '40.01' })).toMatchObject({
      refusal: { code: 'amount_above', most: { minor: '4000' }, adjusted: { minor: '4000' } },
    });
    expect(await resolveAs(workspace, 'ana', { amount: '40' })).toMatchObject({ ok: true });
  });

  it('needs no second person where the configuration sets no limits', async () => {
    const workspace = await overbilled(sql);

    expect(
      await resolveAs(workspace, 'ana', ABOVE, { money: { ...MONEY, limits: undefined } }),
    ).toMatchObject({ value: { status: 'resolved' } });
  });

  it('needs one in a currency that has no limit', async () => {
    const workspace = await overbilled(sql);
    const limits = (MONEY.limits ?? []).map((limit) => ({ ...limit, currency: 'EUR' }));

    expect(await resolveAs(workspace, 'ana', { amount: '1' }, { money: { ...MONEY, limits } })).toMatchObject(
      {
        value: { status: 'awaiting_approval' },
      },
    );
  });
});
