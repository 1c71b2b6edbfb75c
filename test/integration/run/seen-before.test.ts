import { afterAll, describe, expect, it } from 'vitest';
import { AUDITED_ACTIONS, type AuditedAction } from '../../../src/core/audit.ts';
import { NO_NEWS } from '../../../src/core/run-inputs.ts';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { appendAudit } from '../../../src/pipeline/audit/append.sql.ts';
import { readHead } from '../../../src/pipeline/audit/head.sql.ts';
import { seenUpTo } from '../../../src/pipeline/run/seen-up-to.sql.ts';
import { testDatabase } from '../../support/database.ts';
import {
  exceptionsOf,
  invoice,
  order,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs', max: 4 });
afterAll(() => sql.end());

const DAY = new Date('2026-11-15T12:00:00Z');
const NEXT_DAY = new Date('2026-11-16T12:00:00Z');

const append = (workspaceId: string, action: AuditedAction): Promise<unknown> =>
  inWorkspace(sql, workspaceId, (tx) => appendAudit(tx, { workspaceId, facts: [factOf(action)] }));

const factOf = (action: AuditedAction) => ({
  action,
  entity: 'workspace' as const,
  entityId: newId(),
  actor: { kind: 'program' as const, name: 'test' },
});

/** A run that was made, and then another number on an unpaired invoice, of which nothing tells: only a run that looks again finds it. */
async function withHiddenChange(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  const unpaired = [order('2', 100_00n), invoice('3', 180_00n, { ref: 'I-2' })];
  await putRecords(sql, workspace, [order('1', 100_00n), invoice('1', 180_00n), ...unpaired]);
  await runLedger(sql, workspace, { cutoffAt: DAY, unlessSeen: true });
  await putRecords(sql, workspace, [invoice('2', 180_00n, { ref: 'I-2' })]);
  return workspace;
}

const runUnlessSeen = (workspace: SeededWorkspace, cutoffAt = DAY) =>
  runLedger(sql, workspace, { cutoffAt, unlessSeen: true });

describe('a run after which nothing came in and nothing was decided', () => {
  it('is answered with what the latest run said, and that is what looking again says', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(sql, workspace, [order('1', 100_00n), invoice('1', 180_00n), order('9', 5_00n)]);
    await runLedger(sql, workspace, { cutoffAt: DAY });

    const { runId: _answered, ...answered } = await runUnlessSeen(workspace);
    const { runId: _looked, ...looked } = await runLedger(sql, workspace, { cutoffAt: DAY });

    expect(answered).toEqual(looked);
    expect(answered.status).toBe('unchanged');
  });

  it('is answered so time and again', async () => {
    const workspace = await withHiddenChange();

    for (let night = 0; night < 3; night += 1)
      expect((await runUnlessSeen(workspace)).status).toBe('unchanged');

    expect(await exceptionsOf(sql, workspace)).toHaveLength(3);
  });

  it('looks again on another day, as something may be due by then', async () => {
    const workspace = await withHiddenChange();

    expect((await runUnlessSeen(workspace, NEXT_DAY)).status).toBe('applied');
  });

  it('looks again in shadow mode and when nobody asked it not to', async () => {
    const workspace = await withHiddenChange();

    const shadow = await runLedger(sql, workspace, { cutoffAt: DAY, unlessSeen: true, mode: 'shadow' });
    const asked = await runLedger(sql, workspace, { cutoffAt: DAY });

    expect(shadow.status).toBe('planned');
    expect(asked.status).toBe('applied');
  });

  it('looks again after a run of an engine that may have decided otherwise', async () => {
    const workspace = await withHiddenChange();
    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`update run set counts = jsonb_set(counts, '{seen,engine}', '0')`,
    );

    expect((await runUnlessSeen(workspace)).status).toBe('applied');
  });
});

describe('what happens between two runs', () => {
  const isNews = (action: AuditedAction) => !(NO_NEWS as readonly AuditedAction[]).includes(action);

  it.each(AUDITED_ACTIONS.filter(isNews))('%s makes the next run look again', async (action) => {
    const workspace = await withHiddenChange();
    await append(workspace.workspaceId, action);

    expect((await runUnlessSeen(workspace)).status).toBe('applied');
  });

  it('leaves it alone where no run decides otherwise for it', async () => {
    const workspace = await withHiddenChange();
    for (const action of NO_NEWS) await append(workspace.workspaceId, action);

    expect((await runUnlessSeen(workspace)).status).toBe('unchanged');
  });
});

describe('how far a run saw', () => {
  it('is the end of the trail when only the run itself appended to it', async () => {
    const { workspaceId } = await withHiddenChange();
    const seen = await inWorkspace(sql, workspaceId, async (tx) => {
      const { seq: from } = await readHead(tx, workspaceId);
      const [own] = await appendAudit(tx, { workspaceId, facts: [factOf('run.applied')] });
      return { own, upTo: await seenUpTo(tx, { workspaceId, from }) };
    });

    expect(seen.upTo).toBe(seen.own);
  });

  it('is where it began when somebody appended meanwhile, so that the next run looks again', async () => {
    const { workspaceId } = await withHiddenChange();
    const seen = await inWorkspace(sql, workspaceId, async (tx) => {
      const { seq: from } = await readHead(tx, workspaceId);
      await append(workspaceId, 'delivery.accepted');
      await appendAudit(tx, { workspaceId, facts: [factOf('run.applied')] });
      return { from, upTo: await seenUpTo(tx, { workspaceId, from }) };
    });

    expect(seen.upTo).toBe(seen.from);
  });
});
