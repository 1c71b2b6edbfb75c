import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { resume, resumeOnTime } from '../../../src/pipeline/act/resume.ts';
import { sweep } from '../../../src/pipeline/act/sweep.ts';
import { unclaim } from '../../../src/pipeline/act/unclaim.ts';
import { wait } from '../../../src/pipeline/act/wait.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import {
  invoice,
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

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people', max: 10 });
afterAll(() => sql.end());

const AT = new Date('2026-11-22T08:00:00.000Z');
const UNTIL = '2026-12-01';
const ON_THE_DAY = new Date('2026-12-01T00:00:00.000Z');
const DUE = new Date('2026-11-22T07:00:00.000Z');

/** A workspace whose one exception Ana claimed. */
async function seed(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
  await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
  return workspace;
}

const waitAs = async (
  workspace: SeededWorkspace,
  person: string,
  { until = UNTIL, note = 'The vendor reissues it', pauses = false, now = AT } = {},
) =>
  wait(
    sql,
    { ...press(workspace, person, await onlyException(sql, workspace)), until, note },
    { ...workspace.organisation, acting: { handOverTimeoutMs: 1, waitPausesSla: pauses }, now },
  );

async function seedWaiting(options: { pauses?: boolean } = {}): Promise<SeededWorkspace> {
  const workspace = await seed();
  await waitAs(workspace, 'ana', options);
  return workspace;
}

const pressOn = async (workspace: SeededWorkspace, person: string) =>
  press(workspace, person, await onlyException(sql, workspace));

const sweepAt = ({ workspaceId }: SeededWorkspace, now: Date, zone = 'UTC') =>
  sweep(sql, { workspaceId, zone, now });

const problemsOf = async ({ workspaceId }: SeededWorkspace) =>
  (await verifyAudit(sql, { workspaceId, anchors: [] })).problems;

describe('waiting', () => {
  it('keeps the owner and the due time, and says until when and why', async () => {
    const workspace = await seed();

    const answer = await waitAs(workspace, 'ana');

    expect(answer).toMatchObject({ ok: true, value: { status: 'waiting', version: 3 } });
    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'waiting',
      owner: 'ana',
      due_at: DUE,
      wanted_revision: 3,
    });
    expect((await trailOf(sql, workspace)).at(-1)?.body).toMatchObject({
      action: 'exception.wait',
      note: 'The vendor reissues it',
      state: { from: 'claimed', status: 'waiting', owner_id: workspace.people.ana },
      data: { until: UNTIL, pauses_sla: false },
    });
  });

  it.each([
    ['without a day', { until: '' }, { code: 'until_required' }],
    ['until today', { until: '2026-11-22' }, { code: 'until_not_ahead', today: '2026-11-22' }],
    ['for years', { until: '2030-01-01' }, { code: 'until_too_far', latest: '2027-11-22' }],
    ['without saying for what', { note: ' \n' }, { code: 'reason_required' }],
  ])('%s is refused', async (_what, given, refusal) => {
    const workspace = await seed();

    expect(await waitAs(workspace, 'ana', given)).toEqual({ ok: false, refusal });
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'claimed', version: 2 });
  });

  it('with what somebody else owns is refused, naming the owner', async () => {
    const workspace = await seed();

    expect(await waitAs(workspace, 'ben')).toMatchObject({
      ok: false,
      refusal: { code: 'already_claimed', ownerName: 'Ana Ruiz' },
    });
  });

  it('keeps it from being resolved until it is resumed', async () => {
    const workspace = await seedWaiting();
    const request = { ...(await pressOn(workspace, 'ana')), code: 'accepted', note: '', amount: undefined };

    expect(await resolve(sql, request, RESOLVING)).toEqual({
      ok: false,
      refusal: { code: 'wrong_status', action: 'resolve', status: 'waiting' },
    });
  });

  it('ends when a run finds the difference gone', async () => {
    const workspace = await seedWaiting({ pauses: true });
    await putRecords(sql, workspace, [invoice('1', 100_00n)]);

    await runLedger(sql, workspace);

    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'cleared', owner: 'ana' });
    expect(await problemsOf(workspace)).toEqual([]);
  });
});

describe('resuming', () => {
  it('before the day leaves it claimed by its owner, due when it was due', async () => {
    const workspace = await seedWaiting();

    const answer = await resume(sql, await pressOn(workspace, 'ana'), new Date('2026-11-25T08:00:00Z'));

    expect(answer).toMatchObject({ ok: true, value: { status: 'claimed', version: 4 } });
    expect(await onlyException(sql, workspace)).toMatchObject({ owner: 'ana', due_at: DUE });
  });

  it('moves due by as long as the promised time stood still', async () => {
    const workspace = await seedWaiting({ pauses: true });

    await resume(sql, await pressOn(workspace, 'ana'), new Date('2026-11-25T09:00:00Z'));

    expect(await onlyException(sql, workspace)).toMatchObject({ due_at: new Date('2026-11-25T08:00:00Z') });
  });

  it('by giving it back ends the wait too', async () => {
    const workspace = await seedWaiting({ pauses: true });

    await unclaim(sql, await pressOn(workspace, 'ana'), new Date('2026-11-25T09:00:00Z'));

    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'open',
      owner: null,
      due_at: new Date('2026-11-25T08:00:00Z'),
    });
  });

  it('of what does not wait is refused', async () => {
    const workspace = await seed();

    expect(await resume(sql, await pressOn(workspace, 'ana'))).toEqual({
      ok: false,
      refusal: { code: 'wrong_status', action: 'resume', status: 'claimed' },
    });
  });
});

describe('when the day comes', () => {
  it('the sweep resumes it, on the trail as a program, and tells the owner why it waited', async () => {
    const workspace = await seedWaiting();

    expect(await sweepAt(workspace, ON_THE_DAY)).toMatchObject({ resumed: 1 });

    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'claimed',
      owner: 'ana',
      version: 4,
    });
    expect((await trailOf(sql, workspace)).at(-1)?.body).toMatchObject({
      action: 'exception.resume',
      reason: 'WAIT_IS_OVER',
      actor: { kind: 'program', name: 'timer' },
      state: { from: 'waiting', status: 'claimed', owner_id: workspace.people.ana },
    });
    expect(await noticesOf(sql, workspace)).toMatchObject([
      {
        address: `person:${workspace.people.ana}`,
        payload: {
          notice: 'wait_over',
          note: 'The vendor reissues it',
          exception: { number: 1001 },
        },
      },
    ]);
    expect(await problemsOf(workspace)).toEqual([]);
  });

  it('a sweep before it does nothing', async () => {
    const workspace = await seedWaiting();

    expect(await sweepAt(workspace, new Date('2026-11-30T23:59:59Z'))).toMatchObject({ resumed: 0 });
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'waiting', version: 3 });
  });

  it('is decided by the zone of the calendar', async () => {
    const workspace = await seedWaiting();
    const lateEvening = new Date('2026-11-30T23:30:00Z');

    expect(await sweepAt(workspace, lateEvening, 'America/New_York')).toMatchObject({ resumed: 0 });
    expect(await sweepAt(workspace, lateEvening, 'Europe/Berlin')).toMatchObject({ resumed: 1 });
  });

  it('ten instances that come at once resume it once and tell once', async () => {
    const workspace = await seedWaiting();
    const { exception_id: exceptionId } = await onlyException(sql, workspace);
    const input = { workspaceId: workspace.workspaceId, exceptionId, program: 'timer' };

    const done = await Promise.all(
      Array.from({ length: 10 }, () => resumeOnTime(sql, input, { now: ON_THE_DAY, zone: 'UTC' })),
    );

    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'claimed', version: 4 });
    expect(await noticesOf(sql, workspace)).toHaveLength(1);
  });

  it('a second sweep finds nothing to do', async () => {
    const workspace = await seedWaiting();
    await sweepAt(workspace, ON_THE_DAY);

    expect(await sweepAt(workspace, ON_THE_DAY)).toMatchObject({ resumed: 0 });
    expect(await noticesOf(sql, workspace)).toHaveLength(1);
  });
});

describe('the database', () => {
  it('refuses a wait without a day, and a day without a wait', async () => {
    const workspace = await seedWaiting();
    const set = (columns: string) =>
      inWorkspace(sql, workspace.workspaceId, (tx) =>
        tx.unsafe(`update exception set version = version + 1, last_seq = last_seq + 1, ${columns}`),
      );

    await expect(set('wait_until_on = null')).rejects.toThrow('exception_wait_check');
    await expect(set(`status = 'claimed'`)).rejects.toThrow('exception_wait_check');
    await expect(set(`status = 'claimed', wait_until_on = null, due_paused_at = now()`)).rejects.toThrow(
      'exception_due_paused_check',
    );
  });
});
