import { afterAll, describe, expect, it } from 'vitest';
import { historyOf } from '../../../src/db/cards/history.sql.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { plainly } from '../../../src/slack/views/instants.ts';
import { readerOf } from '../../../src/slack/views/reader.ts';
import { historyWords } from '../../../src/slack/views/words.ts';
import { testDatabase } from '../../support/database.ts';
import {
  exceptionsOf,
  invoice,
  onlyException,
  order,
  press,
  putRecords,
  RESOLVING,
  rowCounts,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
  trailOf,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

/** A workspace with one order of 100.00, invoiced at 180.00, after its first run. */
async function overbilled(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n), invoice('1', 180_00n)]);
  await runLedger(sql, workspace);
  return workspace;
}

const rebill = async (workspace: SeededWorkspace, minor: bigint): Promise<void> => {
  await putRecords(sql, workspace, [invoice('1', minor)]);
  await runLedger(sql, workspace);
};

const claimAs = async (workspace: SeededWorkspace, person: string) =>
  claim(sql, press(workspace, person, await onlyException(sql, workspace)));

async function resolveAs(workspace: SeededWorkspace, person: string): Promise<void> {
  await claimAs(workspace, person);
  const request = press(workspace, person, await onlyException(sql, workspace));
  await resolve(sql, { ...request, code: 'accepted', note: '', amount: '80.00' }, RESOLVING);
}

describe('a changed amount', () => {
  it('supersedes the match and keeps the old one on the record', async () => {
    const workspace = await overbilled();

    await rebill(workspace, 190_00n);

    expect(await matchesOf(workspace)).toEqual([
      { actual_minor: 180_00n, is_live: false, is_superseded_by_next: true, live_members: 0 },
      { actual_minor: 190_00n, is_live: true, is_superseded_by_next: null, live_members: 2 },
    ]);
  });

  it('updates a live exception: version, event and card', async () => {
    const workspace = await overbilled();

    await rebill(workspace, 190_00n);

    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'open',
      version: 2,
      actual_minor: 190_00n,
      at_stake_minor: 90_00n,
      wanted_revision: 2,
      card_status: 'pending',
    });
    const updated = (await trailOf(sql, workspace)).find(({ action }) => action === 'exception.updated');
    expect(updated?.body).toMatchObject({
      reason: 'INPUTS_CHANGED',
      state: { status: 'open', version: 2, owner_id: null },
      data: { actual_minor: '19000' },
    });
  });

  it('keeps the owner and the promised time of a claimed exception', async () => {
    const workspace = await overbilled();
    const before = await onlyException(sql, workspace);
    await claimAs(workspace, 'ana');

    await putRecords(sql, workspace, [invoice('1', 190_00n)]);
    await runLedger(sql, workspace, { now: new Date('2026-11-25T06:00:00Z') });

    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'claimed',
      owner: 'ana',
      version: 3,
      due_at: before.due_at,
    });
  });

  it('reopens a resolved exception, without an owner and promised afresh', async () => {
    const workspace = await overbilled();
    await resolveAs(workspace, 'ana');

    await putRecords(sql, workspace, [invoice('1', 190_00n)]);
    await runLedger(sql, workspace, { now: new Date('2026-11-25T06:00:00Z') });

    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'open',
      owner: null,
      closed_at: null,
      resolution_code: null,
      resolution_minor: null,
      version: 4,
      wanted_revision: 4,
      due_at: new Date('2026-11-25T07:00:00Z'),
    });
    expect(
      (await trailOf(sql, workspace)).filter(({ action }) => action === 'exception.reopen'),
    ).toMatchObject([{ body: { reason: 'INPUTS_CHANGED', state: { from: 'resolved', status: 'open' } } }]);
  });

  it('says in the history what it was and what it is', async () => {
    const workspace = await overbilled();
    await resolveAs(workspace, 'ana');
    await putRecords(sql, workspace, [invoice('1', 190_00n)]);
    await runLedger(sql, workspace);

    const { exception_id: id } = await onlyException(sql, workspace);
    const { workspaceId } = workspace;
    const histories = await inWorkspace(sql, workspaceId, (tx) => historyOf(tx, workspaceId, [id]));
    const last = histories.get(id)?.at(-1);
    expect(last).toMatchObject({
      action: 'exception.reopen',
      changed: [
        {
          side: 'actual',
          from: { minor: 180_00n, currency: 'USD' },
          to: { minor: 190_00n, currency: 'USD' },
        },
      ],
    });
    const words = last && historyWords(last, plainly(readerOf('en')));
    expect(words).toMatch(
      /^Tieout reopened it, because its documents are not what they were: actual was \$180\.00, is \$190\.00 · /,
    );
  });

  it('that falls within the tolerance clears the exception', async () => {
    const workspace = await overbilled();

    await rebill(workspace, 104_00n);

    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'cleared', version: 2 });
    expect((await matchesOf(workspace)).filter(({ is_live }) => is_live)).toMatchObject([
      { actual_minor: 104_00n },
    ]);
  });
});

describe('a resolved exception', () => {
  it('stays resolved while its inputs are the same', async () => {
    const workspace = await overbilled();
    await resolveAs(workspace, 'ana');
    const before = [await onlyException(sql, workspace), await rowCounts(sql, workspace)];

    const report = await runLedger(sql, workspace);

    expect(report.status).toBe('unchanged');
    expect([await onlyException(sql, workspace), { ...(await rowCounts(sql, workspace)), run: 1 }]).toEqual(
      before,
    );
  });

  it('stays resolved when the difference vanishes', async () => {
    const workspace = await overbilled();
    await resolveAs(workspace, 'ana');

    await rebill(workspace, 100_00n);

    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'resolved',
      resolution_code: 'accepted',
    });
  });
});

describe('a vanished difference', () => {
  it('clears an open exception', async () => {
    const workspace = await overbilled();

    await rebill(workspace, 100_00n);

    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'cleared',
      closed_at: new Date('2026-11-22T06:00:00Z'),
      version: 2,
      wanted_revision: 2,
    });
    expect((await trailOf(sql, workspace)).at(-2)).toMatchObject({
      action: 'exception.clear',
      body: { reason: 'DIFFERENCE_VANISHED', actor: { kind: 'program', name: 'run' } },
    });
  });

  it('clears a claimed exception, which keeps who had it', async () => {
    const workspace = await overbilled();
    await claimAs(workspace, 'ana');

    await rebill(workspace, 100_00n);

    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'cleared', owner: 'ana' });
  });

  it('that comes back reopens the same exception', async () => {
    const workspace = await overbilled();
    await claimAs(workspace, 'ana');
    await rebill(workspace, 100_00n);

    await rebill(workspace, 180_00n);

    expect(await onlyException(sql, workspace)).toMatchObject({ number: 1001, status: 'open', owner: null });
    expect((await trailOf(sql, workspace)).at(-2)).toMatchObject({
      action: 'exception.reopen',
      body: { reason: 'DIFFERENCE_IS_BACK', state: { from: 'cleared' } },
    });
  });
});

describe('a missing invoice', () => {
  it('that arrives later clears its exception and makes a match', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(sql, workspace, [order('1', 100_00n)]);
    await runLedger(sql, workspace);
    const missing = await onlyException(sql, workspace);

    await putRecords(sql, workspace, [invoice('1', 100_00n)]);
    await runLedger(sql, workspace);

    expect(missing).toMatchObject({ type: 'missing_invoice', status: 'open' });
    expect(await onlyException(sql, workspace)).toMatchObject({ type: 'missing_invoice', status: 'cleared' });
    expect(await matchesOf(workspace)).toMatchObject([{ actual_minor: 100_00n, is_live: true }]);
  });

  it('that arrives later with another amount trades one exception for another', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(sql, workspace, [order('1', 100_00n)]);
    await runLedger(sql, workspace);

    await putRecords(sql, workspace, [invoice('1', 180_00n)]);
    await runLedger(sql, workspace);

    expect(await exceptionsOf(sql, workspace)).toMatchObject([
      { type: 'missing_invoice', status: 'cleared' },
      { type: 'amount_differs', status: 'open' },
    ]);
  });
});

it('keeps a verifiable trail through every kind of change', async () => {
  const workspace = await overbilled();
  await resolveAs(workspace, 'ana');
  await rebill(workspace, 190_00n);
  await claimAs(workspace, 'ben');
  await rebill(workspace, 200_00n);
  await rebill(workspace, 100_00n);
  await rebill(workspace, 210_00n);

  const report = await verifyAudit(sql, { workspaceId: workspace.workspaceId, anchors: [] });

  expect(report.problems).toEqual([]);
  expect((await trailOf(sql, workspace)).map(({ action }) => action)).toEqual([
    'exception.opened',
    'run.applied',
    'exception.claim',
    'exception.resolve',
    'exception.reopen',
    'run.applied',
    'exception.claim',
    'exception.updated',
    'run.applied',
    'exception.clear',
    'run.applied',
    'exception.reopen',
    'run.applied',
  ]);
});

const matchesOf = (workspace: SeededWorkspace) =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => [
    ...(await tx<{ actual_minor: bigint; is_live: boolean }[]>`
      select m.actual_minor, m.is_live,
             m.superseded_by = lead(m.match_id) over (order by m.match_id) as is_superseded_by_next,
             (select count(*)::integer from match_member x
              where x.workspace_id = m.workspace_id and x.match_id = m.match_id and x.is_live) as live_members
      from match m order by m.match_id`),
  ]);
