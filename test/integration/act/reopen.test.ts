import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { reopen } from '../../../src/pipeline/act/reopen.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import {
  invoice,
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
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const LATER = new Date('2026-12-01T12:00:00.000Z');

async function seed(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
  return workspace;
}

async function seedResolved(): Promise<SeededWorkspace> {
  const workspace = await seed();
  await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
  const request = press(workspace, 'ana', await onlyException(sql, workspace));
  await resolve(sql, { ...request, code: 'accepted', note: '', amount: undefined }, RESOLVING);
  return workspace;
}

const reopenAs = async (
  workspace: SeededWorkspace,
  person: string,
  reason = 'The invoice came after all',
) => {
  const input = { ...press(workspace, person, await onlyException(sql, workspace)), reason };
  return reopen(sql, input, { calendar: workspace.organisation.calendar, now: LATER });
};

describe('reopening', () => {
  it('opens what was resolved: nobody’s, with its team, due anew by the promise it had', async () => {
    const workspace = await seedResolved();

    const answer = await reopenAs(workspace, 'ben');

    expect(answer).toMatchObject({ ok: true, value: { status: 'open', version: 4 } });
    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'open',
      version: 4,
      owner: null,
      team: 'media_ops',
      sla: '1h',
      due_at: new Date('2026-12-01T13:00:00.000Z'),
      closed_at: null,
      resolution_code: null,
      resolution_minor: null,
      wanted_revision: 4,
    });
    expect((await trailOf(sql, workspace)).at(-1)?.body).toMatchObject({
      action: 'exception.reopen',
      reason: 'REOPENED_BY_HAND',
      note: 'The invoice came after all',
      actor: { id: workspace.people.ben },
      state: { from: 'resolved', status: 'open', version: 4, owner_id: null },
    });
  });

  it('opens what a run cleared', async () => {
    const workspace = await seed();
    await putRecords(sql, workspace, [invoice('1', 100_00n)]);
    await runLedger(sql, workspace);
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'cleared' });

    expect(await reopenAs(workspace, 'olga')).toMatchObject({ ok: true, value: { status: 'open' } });
  });

  it('lets the next person claim, and leaves a trail that holds', async () => {
    const workspace = await seedResolved();
    await reopenAs(workspace, 'ana');

    await claim(sql, press(workspace, 'ben', await onlyException(sql, workspace)));

    expect(await onlyException(sql, workspace)).toMatchObject({ owner: 'ben', version: 5 });
    const report = await verifyAudit(sql, { workspaceId: workspace.workspaceId, anchors: [] });
    expect(report.problems).toEqual([]);
  });

  it('is refused without a reason', async () => {
    const workspace = await seedResolved();

    expect(await reopenAs(workspace, 'ana', ' \n')).toEqual({
      ok: false,
      refusal: { code: 'reason_required' },
    });
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'resolved', version: 3 });
  });

  it('is refused to somebody outside the team', async () => {
    const workspace = await seedResolved();

    expect(await reopenAs(workspace, 'guest')).toMatchObject({
      ok: false,
      refusal: { code: 'not_permitted', whoMay: 'a member of its team or an ops lead or an admin' },
    });
  });

  it('of what is open is refused by its status', async () => {
    const workspace = await seed();

    expect(await reopenAs(workspace, 'ana')).toEqual({
      ok: false,
      refusal: { code: 'wrong_status', action: 'reopen', status: 'open' },
    });
  });

  it('by two at once opens it once', async () => {
    const workspace = await seedResolved();

    const answers = await Promise.all([reopenAs(workspace, 'ana'), reopenAs(workspace, 'ben')]);

    expect(answers.map((answer) => answer.ok).sort()).toEqual([false, true]);
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'open', version: 4 });
  });
});
